import { expect, test } from '@jest/globals';
import { userChanged } from '@natter/contracts';
import { uniqueName } from '@natter/testkit';
import { AckPolicy, connect, type JetStreamManager, nanos } from 'nats';
import type { DeadLetter } from '../src/index.ts';
import { failure, natsUrl, openBus, serveOn, until, watch } from './_bus.ts';
import { profile } from './_operations.ts';

/** A consumer that remembers what it got; `handle` may fail. */
async function collect(prefix: string, handle: (version: number) => Promise<void> = async () => {}) {
  const { bus, logger } = await openBus(prefix);
  const versions: number[] = [];
  const letters: DeadLetter[] = [];
  const consuming = await bus.consume(userChanged, {
    durable: 'collector',
    handle: async ({ version }) => {
      versions.push(version);
      await handle(version);
    },
    deadLetter: async (letter) => void letters.push(letter),
  });
  return { bus, logger, versions, letters, consuming };
}

test('an event reaches a consumer that was there before its stream', async () => {
  const prefix = uniqueName();
  const attempts = await watch(`$JS.API.CONSUMER.CREATE.${prefix}_users.>`);
  const { logger, versions } = await collect(prefix);
  await until('the consumer to wait', () => attempts.count() >= 3);
  await attempts.close();
  expect(logger.count('waiting for the stream')).toBe(1);
  const { bus } = await openBus(prefix);
  await bus.publish(userChanged, profile(1), { id: 'one' });
  await until('the event', () => versions.length === 1);
});

test('an event published twice with one id is stored once', async () => {
  const prefix = uniqueName();
  const { bus } = await openBus(prefix);
  await bus.publish(userChanged, profile(1), { id: 'same' });
  await bus.publish(userChanged, profile(1), { id: 'same' });
  await bus.publish(userChanged, profile(2), { id: 'other' });
  const { versions } = await collect(prefix);
  await until('the last event', () => versions.includes(2));
  expect(versions).toEqual([1, 2]);
});

test('events are handled one at a time and in order, and by one replica each', async () => {
  const prefix = uniqueName();
  const { bus } = await openBus(prefix);
  for (let version = 1; version <= 50; version += 1) {
    await bus.publish(userChanged, profile(version), { id: String(version) });
  }
  let busy = 0;
  let most = 0;
  const slowly = async () => {
    most = Math.max(most, (busy += 1));
    await new Promise((resolve) => setTimeout(resolve, 1));
    busy -= 1;
  };
  const one = await collect(prefix, slowly);
  await until('all events', () => one.versions.length === 50);
  expect(one.versions).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  expect(most).toBe(1);

  const other = await collect(prefix);
  await bus.publish(userChanged, profile(51), { id: '51' });
  await until('the last event', () => one.versions.length + other.versions.length === 51);
});

test('an event is delivered five times, then it is a dead letter and the others go on', async () => {
  const prefix = uniqueName();
  const { bus } = await openBus(prefix);
  const { versions, letters } = await collect(prefix, async (version) => {
    if (version === 1) throw new Error('can not be handled');
  });
  await bus.publish(userChanged, profile(1), { id: 'bad' });
  await bus.publish(userChanged, profile(2), { id: 'good' });
  await until('the good event', () => versions.includes(2));
  await until('the dead letter', () => letters.length === 1);
  expect(versions.filter((version) => version === 1)).toHaveLength(5);
  expect(letters).toEqual([
    {
      stream: `${prefix}_users`,
      consumer: 'collector',
      subject: `${prefix}.event.users.v1.user.changed`,
      sequence: 1,
      deliveries: 5,
      payload: JSON.stringify(profile(1)),
      error: 'Error: can not be handled',
      at: expect.any(Date),
    },
  ]);
});

test('a payload that is no such event is a dead letter at once', async () => {
  const prefix = uniqueName();
  const { bus } = await openBus(prefix);
  await bus.publish(userChanged, profile(1), { id: 'one' });
  const nats = await connect({ servers: natsUrl() });
  const subject = `${prefix}.event.users.v1.user.changed`;
  await nats.jetstream().publish(subject, 'not JSON');
  await nats.jetstream().publish(subject, JSON.stringify({ version: 'x' }));
  await nats.close();
  const { versions, letters } = await collect(prefix);
  await until('the dead letters', () => letters.length === 2);
  expect(letters.map(({ sequence, deliveries, payload }) => ({ sequence, deliveries, payload }))).toEqual([
    { sequence: 2, deliveries: 1, payload: 'not JSON' },
    { sequence: 3, deliveries: 1, payload: '{"version":"x"}' },
  ]);
  expect(versions).toEqual([1]);
});

test('stop lets the event in hand finish and hands the others to the next consumer', async () => {
  const prefix = uniqueName();
  const { bus } = await openBus(prefix);
  for (const version of [1, 2, 3]) await bus.publish(userChanged, profile(version), { id: `v${version}` });
  const { promise, resolve: finish } = Promise.withResolvers<void>();
  const first = await collect(prefix, () => promise);
  await until('the first event in hand', () => first.versions.length === 1);
  const stopping = first.consuming.stop();
  finish();
  await stopping;
  const second = await collect(prefix);
  await until('the other events', () => second.versions.length === 2);
  expect(first.versions).toEqual([1]);
  expect(new Set(second.versions)).toEqual(new Set([2, 3]));
});

test('a consumer knows how many events nobody has handled yet', async () => {
  const prefix = uniqueName();
  const { bus } = await openBus(prefix);
  const { promise, resolve: finish } = Promise.withResolvers<void>();
  const { consuming, versions } = await collect(prefix, () => promise);
  expect(await consuming.behind()).toBe(0);
  for (const version of [1, 2, 3]) await bus.publish(userChanged, profile(version), { id: `v${version}` });
  expect(await consuming.behind()).toBe(3);
  await until('the first event in hand', () => versions.length === 1);
  expect(await consuming.behind()).toBe(3);
  finish();
  await until('all to be handled', async () => (await consuming.behind()) === 0);
  expect(versions).toEqual([1, 2, 3]);
});

test('a consumer that is closed from NATS does not know how far behind it is', async () => {
  const { bus, consuming } = await collect(uniqueName());
  await bus.close();
  expect(await failure(consuming.behind())).toMatchObject({ error: { code: 'service_unavailable' } });
});

test('a deleted stream is made again, publishing works again and the consumer goes on', async () => {
  const prefix = uniqueName();
  const { bus } = await openBus(prefix);
  await bus.publish(userChanged, profile(1), { id: 'before' });
  const { versions } = await collect(prefix);
  await until('the first event', () => versions.includes(1));

  await manage(({ streams }) => streams.delete(`${prefix}_users`));
  const { error } = await failure(bus.publish(userChanged, profile(2), { id: 'after' }));
  expect(error).toMatchObject({ code: 'service_unavailable' });
  await bus.publish(userChanged, profile(2), { id: 'after' });
  await until('the event after', () => versions.includes(2));
});

test('a deleted consumer is made again and goes on', async () => {
  const prefix = uniqueName();
  const { bus } = await openBus(prefix);
  await bus.publish(userChanged, profile(1), { id: 'before' });
  const { versions } = await collect(prefix);
  await until('the first event', () => versions.includes(1));

  await manage(({ consumers }) => consumers.delete(`${prefix}_users`, 'collector'));
  await bus.publish(userChanged, profile(2), { id: 'after' });
  await until('the event after', () => versions.includes(2));
});

test('a service makes its stream what the table says and keeps what the table does not name', async () => {
  const prefix = uniqueName();
  const name = `${prefix}_users`;
  await manage(({ streams }) =>
    streams.add({ name, subjects: [`${prefix}.event.users.>`], max_age: nanos(1_000), description: 'kept' }),
  );
  const { bus } = await openBus(prefix);
  await serveOn(bus, []);
  const { config } = await manage(({ streams }) => streams.info(name));
  expect(config).toMatchObject({
    max_age: nanos(7 * 24 * 60 * 60 * 1_000),
    duplicate_window: nanos(120_000),
    storage: 'file',
    discard: 'old',
    description: 'kept',
  });
});

test('a consumer that was made with other settings is brought up to date', async () => {
  const prefix = uniqueName();
  const stream = `${prefix}_users`;
  const { bus } = await openBus(prefix);
  await bus.publish(userChanged, profile(1), { id: 'one' });
  await manage(({ consumers }) =>
    consumers.add(stream, { durable_name: 'collector', ack_policy: AckPolicy.Explicit, max_deliver: 2 }),
  );
  const { versions } = await collect(prefix);
  await until('the event', () => versions.includes(1));
  const { config } = await manage(({ consumers }) => consumers.info(stream, 'collector'));
  expect(config).toMatchObject({ max_deliver: -1, ack_wait: nanos(30_000) });
});

async function manage<T>(work: (manager: JetStreamManager) => Promise<T>): Promise<T> {
  const nats = await connect({ servers: natsUrl() });
  try {
    return await work(await nats.jetstreamManager());
  } finally {
    await nats.close();
  }
}
