import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { waitFor } from '@natter/testkit';
import { WebSocket } from 'ws';
import { signIn, startNatter } from './natter-under-test.ts';
import { repeatAtOnce } from './repeat-at-once.ts';

const atOnce = 4;
const operations = 1_000;

/** How soon after a send was acknowledged its frame is there, against how long the send took. */
export async function benchLag(): Promise<void> {
  const { record, stop } = await startNatter(1);
  const [url] = record.gateway as [string];
  const [alice, bob] = [await signIn(url, 'alice'), await signIn(url, 'bob')];
  const readAt = new Map<string, number>();
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/ws`, { headers: { authorization: bob } });
  socket.on('message', (frame: Buffer) => {
    const { type, data } = JSON.parse(frame.toString());
    if (type === 'message.sent') readAt.set(data.data.content, performance.now());
  });
  await once(socket, 'open');
  const sends = new Map<string, { took: number; acknowledgedAt: number }>();
  await repeatAtOnce(
    async () => {
      const content = randomUUID();
      const began = performance.now();
      await send(url, alice, content);
      const acknowledgedAt = performance.now();
      sends.set(content, { took: acknowledgedAt - began, acknowledgedAt });
    },
    { operations, atOnce },
  );
  await waitFor(() => readAt.size === operations, { what: 'all frames' });
  const took = [...sends.values()].map((one) => one.took);
  const lags = [...sends].map(([content, { acknowledgedAt }]) =>
    Math.max(0, (readAt.get(content) ?? Number.NaN) - acknowledgedAt),
  );
  console.log(
    `\n${atOnce} writers at once, on ${record.mongo.provider}; milliseconds, median and 99th percentile`,
  );
  print('a send, until it is acknowledged', took);
  print('from then until its frame is read', lags);
  console.log(`  99th percentiles × ${(percentile(lags, 0.99) / percentile(took, 0.99)).toFixed(2)}`);
  socket.close();
  await stop();
}

async function send(url: string, authorization: string, content: string): Promise<void> {
  const response = await fetch(`${url}/api/v1/conversations/bob/messages`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', 'idempotency-key': content },
    body: JSON.stringify({ content }),
  });
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
  await response.text();
}

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length * share)] ?? Number.NaN;
}

function print(name: string, values: readonly number[]): void {
  const [median, high] = [0.5, 0.99].map((share) => percentile(values, share).toFixed(1).padStart(8));
  console.log(`  ${name.padEnd(44)} ${median} ${high}`);
}
