import { WebSocketServer } from 'ws';
import { liveEntry } from './live-entry.ts';

// What the gateway is measured against: the same frames to the same sockets, each made once, by ws alone.

const server = new WebSocketServer({ port: Number(process.env['PORT']), host: '127.0.0.1' });
let rev = 1;

process.on('message', (burst) => {
  // What else is asked is for the report of the memory.
  if (typeof burst !== 'number') return;
  for (let count = 0; count < burst; count += 1) {
    rev += 1;
    const frame = Buffer.from(JSON.stringify({ type: 'message.sent', data: liveEntry(rev) }));
    for (const client of server.clients) client.send(frame, { binary: false });
  }
  process.send?.('pushed');
});
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
