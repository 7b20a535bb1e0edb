import { startChild } from './child.ts';
import { prepareSockets, type SocketsUnderTest, startBareSockets } from './sockets-under-test.ts';

const clientCount = 1_000;
const rounds = 3;

/** Clients that come before it is measured: by then V8 has compiled what there is to compile. */
const warmUp = 1_000;

/** What a WebSocket costs on which nothing happens, each of another user, against one of `ws` alone. */
export async function benchIdleSockets(): Promise<void> {
  const sockets = await prepareSockets();
  const clients = startChild('./processes/socket-clients.ts', {});
  clients.pinTo(1);
  const costs: { bare: number; gateway: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const authorizations = sockets.authorizations(warmUp + clientCount);
    const bare = await costOf(await startBareSockets(), clients, authorizations);
    const gateway = await costOf(await sockets.startGateway(), clients, authorizations);
    costs.push({ bare, gateway });
  }
  console.log(
    `\n${clientCount} idle WebSockets; bytes that the process holds for each, after a garbage collection`,
  );
  print(
    'of ws alone',
    costs.map(({ bare }) => bare),
    costs.map(() => 1),
  );
  print(
    'of the gateway',
    costs.map(({ gateway }) => gateway),
    costs.map(({ bare, gateway }) => gateway / bare),
  );
  await clients.stop();
  await sockets.stop();
}

async function costOf(
  { server, url }: SocketsUnderTest,
  clients: ReturnType<typeof startChild>,
  authorizations: readonly string[],
): Promise<number> {
  // What the first ones have loaded and compiled is not the price of one.
  await clients.ask({ url, authorizations: authorizations.slice(0, warmUp) });
  const before = Number(await server.ask('memory'));
  await clients.ask({ url, authorizations: authorizations.slice(warmUp) });
  const after = Number(await server.ask('memory'));
  await clients.ask('leave');
  await server.stop();
  return (after - before) / clientCount;
}

function print(name: string, costs: readonly number[], ratios: readonly number[]): void {
  console.log(
    `  ${name.padEnd(44)} ${medianOf(costs).toFixed(0).padStart(8)} × ${medianOf(ratios).toFixed(2)}`,
  );
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
