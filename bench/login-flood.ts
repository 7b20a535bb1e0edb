import { randomUUID } from 'node:crypto';
import { logInWrongly } from './login.ts';
import { createUsers, signIn, startNatter } from './natter-under-test.ts';
import { type Pace, paced, quantile } from './paced.ts';

const rounds = 7;

/** Of sends, at a pace that a small server keeps up easily. */
const sends: Pace = { perSecond: 40, seconds: 10 };

const flood: Pace = { perSecond: 50, seconds: 10 };

/**
 * Sends beside a flood of log-ins with wrong passwords against sends alone, in turn; each compared with the one of the
 * same round, and the median of that.
 */
export async function benchLoginFlood(): Promise<void> {
  await benchFlood('off, so that every password is hashed for which there is room', { RATE_LIMIT: 'off' });
  await benchFlood('on', { RATE_LIMIT: 'on' });
}

async function benchFlood(limits: string, settings: Record<string, string>): Promise<void> {
  const { record, stop } = await startNatter(1, settings);
  const [url] = record.gateway as [string];
  const send = await createSender(url, 16);
  await paced(send, { perSecond: 20, seconds: 3 });
  const alone: number[][] = [];
  const beside: number[][] = [];
  const statuses = new Map<number, number>();
  const logIn = async () => {
    const status = await logInWrongly(url, `nobody-${randomUUID().slice(0, 8)}`);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  };
  for (let round = 0; round < rounds; round += 1) {
    alone.push(await paced(send, sends));
    const [times] = await Promise.all([paced(send, sends), paced(logIn, flood)]);
    beside.push(times);
  }
  print(limits, alone, beside, statuses);
  await stop();
}

/** Sends of several users in turn. @throws where one is not stored. */
async function createSender(url: string, count: number): Promise<() => Promise<void>> {
  const users = await createUsers(url, count);
  const tokens: string[] = [];
  for (const username of users) tokens.push(await signIn(url, username));
  let sent = 0;
  return async () => {
    const turn = (sent += 1) % count;
    const response = await fetch(`${url}/api/v1/conversations/${users[(turn + 1) % count]}/messages`, {
      method: 'POST',
      headers: {
        authorization: String(tokens[turn]),
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify({ content: 'a message as long as people write when they have something to say' }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text}`);
  };
}

function print(
  limits: string,
  alone: readonly number[][],
  beside: readonly number[][],
  statuses: ReadonlyMap<number, number>,
): void {
  console.log(
    `\n${sends.perSecond} sends a second, with ${flood.perSecond} log-ins a second beside them; limits ${limits}`,
  );
  for (const [name, share] of [
    ['median', 0.5],
    ['p99', 0.99],
  ] as const) {
    const [before, during] = [alone, beside].map((slices) => slices.map((times) => quantile(times, share)));
    const ratio = median(during!.map((time, round) => time / before![round]!));
    const figures = [median(before!), median(during!)].map((time) => `${time.toFixed(1)} ms`);
    console.log(
      `  ${name.padEnd(8)} ${figures[0]} alone, ${figures[1]} beside the flood: × ${ratio.toFixed(2)}`,
    );
  }
  const answered = [...statuses].map(([status, count]) => `${count} × ${status}`);
  console.log(`  the log-ins were answered ${answered.join(', ')}`);
}

const median = (values: readonly number[]) => quantile(values, 0.5);
