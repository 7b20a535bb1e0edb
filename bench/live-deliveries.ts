import { startChild } from './child.ts';
import { interleave, type Slice } from './interleave.ts';
import { processorSeconds } from './processor-seconds.ts';
import { prepareSockets, type SocketsUnderTest, startBareSockets } from './sockets-under-test.ts';

const clientCount = 500;
const burst = 20;
const bursts = 10;

/** Entries that many clients are told of at once, through the gateway, against a broadcast by `ws` alone. */
export async function benchDeliveries(): Promise<void> {
  const sockets = await prepareSockets();
  const sides = [await startBareSockets(), await sockets.startGateway()] as const;
  const clients = [
    startChild('./processes/socket-clients.ts', {}),
    startChild('./processes/socket-clients.ts', {}),
  ] as const;
  for (const [index, side] of sides.entries()) {
    clients[index as 0 | 1].pinTo(1);
    await clients[index as 0 | 1].ask({ url: side.url, authorizations: sockets.authorizations(clientCount) });
  }
  const [bare, gateway] = await interleave({
    'a broadcast by ws alone': () => deliver(sides[0], clients[0]),
    'pushes through the gateway': () => deliver(sides[1], clients[1]),
  });
  console.log(
    `\n${burst} entries at once to ${clientCount} WebSockets; the time of the process that holds them alone`,
  );
  for (const figure of [bare, gateway]) {
    if (figure === undefined) continue;
    const rate = `${(1_000 / figure.processorMs).toFixed(0).padStart(8)} deliveries a second of processor`;
    console.log(`  ${figure.name.padEnd(44)} ${rate} × ${(1 / figure.processorRatio).toFixed(2)}`);
  }
  for (const client of clients) await client.stop();
  for (const { server } of sides) await server.stop();
  await sockets.stop();
}

async function deliver(
  { server, source }: SocketsUnderTest,
  clients: ReturnType<typeof startChild>,
): Promise<Slice> {
  const usedBefore = processorSeconds([server.pid]);
  const began = performance.now();
  for (let round = 0; round < bursts; round += 1) {
    const received = clients.ask(burst * clientCount);
    await source.ask(burst);
    await received;
  }
  return {
    operations: bursts * burst * clientCount,
    seconds: (performance.now() - began) / 1_000,
    processorSeconds: processorSeconds([server.pid]) - usedBefore,
  };
}
