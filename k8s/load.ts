// Uses a running Natter for a while, as several clients of one user, and says how many requests failed. At the end it
// reads the conversation: every message that was acknowledged has to be there once, in order. Nothing is repeated.
//
//   npm run load -- http://127.0.0.1:8000 alice:password bob --seconds 60
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const clients = 8;

/** Milliseconds between the rounds of one client: all of them together stay below the limits of one user. */
const pauseMs = 1_000;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '60' } },
});
const [url, credentials = '', peer] = positionals;
if (peer === undefined) throw new Error('usage: npm run load -- URL USER:PASSWORD PEER [--seconds N]');
const until = performance.now() + Math.min(Number(values.seconds), 3_600) * 1_000;
const messages = `${url}/api/v1/conversations/${peer}/messages`;
const [username, password] = credentials.split(':');

interface Message {
  seq: number;
  content: string;
}

const tally = { requests: 0, failures: [] as string[], slowestMs: 0 };
const acknowledged = new Map<number, string>();

async function request<T>(
  method: string,
  target: string,
  expected: number,
  body?: object,
): Promise<T | undefined> {
  const start = performance.now();
  tally.requests += 1;
  try {
    const answer = await fetch(target, {
      method,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (answer.status !== expected) throw new Error(`${answer.status} ${text}`);
    return JSON.parse(text) as T;
  } catch (error) {
    const { message, cause } = error as Error & { cause?: Error };
    const why = cause ? `${message} (${cause.message})` : message;
    tally.failures.push(`${new Date().toISOString()} ${method} ${target}: ${why}`);
    return undefined;
  } finally {
    tally.slowestMs = Math.max(tally.slowestMs, performance.now() - start);
  }
}

async function use(): Promise<void> {
  while (performance.now() < until) {
    const content = randomUUID();
    const sent = await request<Message>('POST', messages, 201, { content });
    if (sent) acknowledged.set(sent.seq, content);
    await request('GET', messages, 200);
    await request('GET', `${url}/api/v1/users`, 200);
    await setTimeout(pauseMs);
  }
}

/** The acknowledged messages that are not where they should be. */
async function lost(): Promise<number[]> {
  const seqs = [...acknowledged.keys()].toSorted((one, other) => one - other);
  const found = new Map<number, string>();
  let after = (seqs[0] ?? 1) - 1;
  for (;;) {
    const page = await request<{ data: Message[]; page: { hasAfter: boolean } }>(
      'GET',
      `${messages}?after=${after}&limit=200`,
      200,
    );
    for (const { seq, content } of page?.data ?? []) found.set((after = seq), content);
    if (!page?.page.hasAfter) break;
  }
  return seqs.filter((seq) => found.get(seq) !== acknowledged.get(seq));
}

let token: string | undefined;
token = (
  await request<{ accessToken: string }>('POST', `${url}/api/v1/sessions`, 201, { username, password })
)?.accessToken;
await Promise.all(Array.from({ length: clients }, use));
const missing = await lost();
for (const failure of tally.failures.slice(0, 20)) console.log(failure);
console.log(
  `${tally.requests} requests, ${tally.failures.length} failed, the slowest took ${Math.round(tally.slowestMs)} ms; ` +
    `${acknowledged.size} messages acknowledged, ${missing.length} of them lost`,
);
process.exit(tally.failures.length + missing.length === 0 ? 0 : 1);
