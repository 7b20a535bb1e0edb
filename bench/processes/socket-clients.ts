import { once } from 'node:events';
import { WebSocket } from 'ws';

// So many clients of a WebSocket, which count what they are told.

interface Connect {
  url: string;
  authorizations: string[];
}

/** Clients that connect at once. */
const atOnce = 50;

/** How a frame of an entry begins. */
const entry = Buffer.from('{"type":"message.');

const sockets: WebSocket[] = [];
let received = 0;
let expected = Number.POSITIVE_INFINITY;

process.on('message', (asked: Connect | number | 'leave') => {
  if (asked === 'leave') leave();
  else if (typeof asked === 'number') expect(asked);
  else connect(asked).then(() => process.send?.('connected'), fail);
});
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));

async function connect({ url, authorizations }: Connect): Promise<void> {
  for (let from = 0; from < authorizations.length; from += atOnce) {
    await Promise.all(authorizations.slice(from, from + atOnce).map((one) => connectOne(url, one)));
  }
}

async function connectOne(url: string, authorization: string): Promise<void> {
  const socket = new WebSocket(url, { headers: { authorization }, perMessageDeflate: false });
  socket.on('message', (data: Buffer) => count(data));
  socket.on('close', (code) => fail(new Error(`closed with ${code}`)));
  await once(socket, 'open');
  sockets.push(socket);
}

function count(data: Buffer): void {
  if (!data.subarray(0, entry.length).equals(entry)) return;
  received += 1;
  tell();
}

/** Answers when so many entries more have come. */
function expect(more: number): void {
  expected = more;
  tell();
}

function tell(): void {
  if (received < expected) return;
  received -= expected;
  expected = Number.POSITIVE_INFINITY;
  process.send?.('received');
}

function leave(): void {
  for (const socket of sockets.splice(0)) socket.removeAllListeners('close').terminate();
  process.send?.('left');
}

function fail(error: unknown): void {
  console.error(error);
  process.exit(1);
}
