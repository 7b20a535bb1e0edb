import { expect, test } from '@jest/globals';
import type { Connection } from '../connection/connection.ts';
import { announce } from './presence.ts';

const use = <T>(work: () => Promise<T>) => work();

/** A connection whose broker answers a ping when the test says so, and what was published over it. */
function connection() {
  const { promise, resolve: answer, reject: fail } = Promise.withResolvers<void>();
  const published: string[] = [];
  const nats = { flush: () => promise, publish: (subject: string) => void published.push(subject) };
  const fake = { connected: true, closed: false, use, nats } as unknown as Connection;
  return { fake, published, answer, fail };
}

const who = { prefix: 'p', service: 'messaging', instance: 'a' } as const;

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('an instance says that it is there only after NATS has answered it', async () => {
  const { fake, published, answer } = connection();
  const presence = announce(fake, who);
  await turn();
  expect(published).toEqual([]);
  answer();
  await turn();
  expect(published).toEqual(['p.push.messaging.v1.instance.serving']);
  presence.leave();
});

test('an instance that NATS does not answer says nothing', async () => {
  const { fake, published, fail } = connection();
  const presence = announce(fake, who);
  fail(new Error('disconnected'));
  await turn();
  expect(published).toEqual([]);
  presence.leave();
});

test('an instance that has left does not come back', async () => {
  const { fake, published, answer } = connection();
  announce(fake, who).leave();
  answer();
  await turn();
  expect(published).toEqual(['p.push.messaging.v1.instance.leaving']);
});
