import { startChild } from './child.ts';
import { prepareSockets, type SocketsUnderTest, startBareSockets } from './sockets-under-test.ts';

const clientCount = 2_000;
const rounds = 3;

/** What a WebSocket costs on which nothing happens, each of another user, against one of `ws` alone. */
export async function benchIdleSockets(): Promise<void> {
  const sockets = await prepareSockets();
  const clients = startChild('./processes/socket-clients.ts', {});
  clients.pinTo(1);
  const costs: { bare: number; gateway: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const authorizations = sockets.authorizations(clientCount);
    const bare = await costOf(await startBareSockets(), clients, authorizations);
    const gateway = await costOf(await sockets.startGateway(), clients, authorizations);
    costs.push({ bare, gateway });
  }
  console.log(`\n${clientCount} idle WebSockets; resident bytes of the process for each`);
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
  await clients.ask({ url, authorizations: authorizations.slice(0, 100) });
  const before = Number(await server.ask('memory'));
  await clients.ask({ url, authorizations: authorizations.slice(100) });
  const after = Number(await server.ask('memory'));
  await clients.ask('leave');
  await server.stop();
  return (after - before) / (authorizations.length - 100);
}

function print(name: string, costs: readonly number[], ratios: readonly number[]): void {
  console.log(
    `  ${name.padEnd(44)} ${medianOf(costs).toFixed(0).padStart(8)} × ${medianOf(ratios).toFixed(2)}`,
  );
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
