import { once } from 'node:events';
import { waitFor } from '@natter/testkit';
import { WebSocket } from 'ws';
import { createUsers, signIn, startNatter } from './natter-under-test.ts';
import { paced, quantile } from './paced.ts';

const revocations = 200;

/** Of reads at each gateway meanwhile, which a small server keeps up easily. */
const load = { perSecond: 25, seconds: 1 };

/** Something that a session gives. */
interface Held {
  /** When it is over, in milliseconds by the clock of this process. */
  readonly lost: Promise<number>;
}

/**
 * Ends sessions at one of two gateways, and waits at both until their token is refused, their stream of events has ended
 * and their WebSocket is closed. The time is from before the end was asked for, so that its answer is in it.
 */
export async function benchRevocation(): Promise<void> {
  const { record, stop } = await startNatter(2);
  const gateways = record.gateway as [string, string];
  const [user = ''] = await createUsers(gateways[0], 1);
  const readers = await Promise.all(gateways.map((url) => signIn(url, user)));
  const loading = new AbortController();
  const loaded = Promise.all(gateways.map((url, index) => read(url, String(readers[index]), loading.signal)));
  const times: Record<string, number[]> = {};
  for (let count = 0; count < revocations; count += 1) {
    for (const [what, ms] of await revoke(gateways, user)) (times[what] ??= []).push(ms);
  }
  loading.abort();
  await loaded;
  print(times);
  await stop();
}

async function read(url: string, authorization: string, signal: AbortSignal): Promise<void> {
  const list = async () => (await fetch(`${url}/api/v1/users`, { headers: { authorization } })).text();
  while (!signal.aborted) await paced(list, load);
}

/** @returns after how many milliseconds each way to be let in was over, at each gateway, when a session was ended at the first. */
async function revoke(gateways: readonly [string, string], user: string): Promise<[string, number][]> {
  const headers = { authorization: await signInAtLast(gateways[0], user) };
  const held: [string, Held][] = [];
  for (const [index, url] of gateways.entries()) {
    held.push([`server-sent events, ${which(index)}`, await openStream(url, headers)]);
    held.push([`WebSocket, ${which(index)}`, await openSocket(url, headers)]);
  }
  const started = performance.now();
  held.push(['the answer to whoever ended it', { lost: endSession(gateways[0], headers) }]);
  for (const [index, url] of gateways.entries()) {
    held.push([`HTTP, ${which(index)}`, { lost: tokenDies(url, headers) }]);
  }
  return Promise.all(
    held.map(async ([what, { lost }]): Promise<[string, number]> => [what, (await lost) - started]),
  );
}

/** A machine that is busy with other things may not hash a password in time; that is not what is measured. */
async function signInAtLast(url: string, user: string): Promise<string> {
  let authorization = '';
  const isIn = () =>
    signIn(url, user).then(
      (got) => (authorization = got) !== '',
      () => false,
    );
  await waitFor(isIn, { what: 'a session' });
  return authorization;
}

const which = (index: number) => (index === 0 ? 'the same gateway' : 'the other gateway');

type Credentials = { authorization: string };

async function endSession(url: string, headers: Credentials): Promise<number> {
  const { status } = await fetch(`${url}/api/v1/sessions/current`, { method: 'DELETE', headers });
  if (status !== 204) throw new Error(`The session did not end: ${status}`);
  return performance.now();
}

async function tokenDies(url: string, headers: Credentials): Promise<number> {
  for (;;) {
    const response = await fetch(`${url}/api/v1/users/me`, { headers });
    await response.text();
    if (response.status === 401) return performance.now();
  }
}

async function openStream(url: string, headers: Credentials): Promise<Held> {
  const { body } = await fetch(`${url}/api/v1/events`, { headers });
  if (body === null) throw new Error('There is no stream');
  return { lost: body.pipeTo(new WritableStream()).then(() => performance.now()) };
}

async function openSocket(url: string, headers: Credentials): Promise<Held> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/ws`, { headers });
  await once(socket, 'open');
  return { lost: once(socket, 'close').then(() => performance.now()) };
}

function print(times: Readonly<Record<string, readonly number[]>>): void {
  console.log(
    `\n${revocations} sessions ended at one of two gateways, each with ${load.perSecond} reads a second; until what they had was over`,
  );
  for (const [what, values] of Object.entries(times)) {
    const figures = [quantile(values, 0.5), quantile(values, 0.99), Math.max(...values)];
    const [median, p99, most] = figures.map((ms) => `${ms.toFixed(1)} ms`);
    console.log(`  ${what.padEnd(40)} median ${median}, p99 ${p99}, max ${most}`);
  }
}
