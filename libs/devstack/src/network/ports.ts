import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';

/**
 * Below those that systems give to outgoing connections, and to whoever listens on any port: of these one could be taken
 * before whoever asked for it here begins to listen.
 */
const range = { first: 10_000, end: 32_768 };

/** Ports of loopback that nobody listens on just now, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = randomInt(range.first, range.end);
    if (await isFree(port)) ports.add(port);
  }
  return [...ports];
}

async function isFree(port: number): Promise<boolean> {
  try {
    await tryToListen(port, '127.0.0.1');
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE' || code === 'EACCES') return false;
    throw error;
  }
}

/** @throws what the system says where nobody could listen there: `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`, … */
export async function tryToListen(port: number, host: string): Promise<void> {
  await close(await listenOn(port, host));
}

/** @throws `ECONNREFUSED` where nobody listens on that port of loopback. */
export async function tryToConnect(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
  } finally {
    socket.destroy();
  }
}

async function listenOn(port: number, host: string): Promise<Server> {
  const server = createServer().listen({ port, host, exclusive: true });
  await once(server, 'listening');
  return server;
}

async function close(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}
