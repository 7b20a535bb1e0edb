import { beforeEach, expect, test } from '@jest/globals';
import { connections, passwordAttempts } from '@natter/contracts';
import { NatsBroker, uniqueName } from '@natter/testkit';
import { connect } from 'nats';
import { type Bus, Deadline } from '../src/index.ts';
import { failure, natsUrl, openBus, until } from './_bus.ts';

const oneMore = (current: { count: number; last: number } | undefined) => ({
  count: (current?.count ?? 0) + 1,
  last: 0,
});

const soon = Deadline.in(600_000);

let prefix: string;
let bus: Bus;

beforeEach(async () => {
  prefix = uniqueName();
  ({ bus } = await openBus(prefix));
  await bus.keepBuckets('users');
});

test('a value is there for every process, and none before it was put', async () => {
  const { bus: other } = await openBus(prefix);
  const attempts = bus.keyValue(passwordAttempts);
  expect(await attempts.get('alice', soon)).toBeUndefined();
  expect(await attempts.update('alice', oneMore, soon)).toEqual({ count: 1, last: 0 });
  expect(await other.keyValue(passwordAttempts).get('alice', soon)).toEqual({ count: 1, last: 0 });
  expect(await attempts.get('bob', soon)).toBeUndefined();
});

test('of many changes at once none is lost, whichever process makes them', async () => {
  const { bus: other } = await openBus(prefix);
  const changes = [bus, other].flatMap((one) =>
    Array.from({ length: 20 }, () => one.keyValue(passwordAttempts).update('alice', oneMore, soon)),
  );
  const counts = (await Promise.all(changes)).map(({ count }) => count);
  expect(counts.toSorted((one, two) => one - two)).toEqual(
    Array.from({ length: 40 }, (_, index) => index + 1),
  );
});

test('what a change throws is thrown, and the value stays', async () => {
  const attempts = bus.keyValue(passwordAttempts);
  await attempts.update('alice', oneMore, soon);
  const refused = new Error('not now');
  const { error } = await failure(
    attempts.update(
      'alice',
      () => {
        throw refused;
      },
      soon,
    ),
  );
  expect(error).toBe(refused);
  expect(await attempts.get('alice', soon)).toEqual({ count: 1, last: 0 });
});

test('a bucket is one of NATS’s own: an operator sees and deletes values', async () => {
  const attempts = bus.keyValue(passwordAttempts);
  await attempts.update('alice', oneMore, soon);
  const nats = await connect({ servers: natsUrl() });
  const bucket = await nats.jetstream().views.kv(`${prefix}_password-attempts`, { bindOnly: true });
  expect((await bucket.get('alice'))?.json()).toEqual({ count: 1, last: 0 });
  await bucket.delete('alice');
  await nats.close();
  expect(await attempts.get('alice', soon)).toBeUndefined();
  expect(await attempts.update('alice', oneMore, soon)).toEqual({ count: 1, last: 0 });
});

test('a bucket that is full forgets what is oldest instead of refusing, and keeps nothing for ever', async () => {
  await bus.keepBuckets('users');
  const nats = await connect({ servers: natsUrl() });
  const manager = await nats.jetstreamManager();
  const { config } = await manager.streams.info(`KV_${prefix}_password-attempts`);
  await nats.close();
  expect(config).toMatchObject({ discard: 'old', max_msgs: 200_000, max_msgs_per_subject: 1 });
  expect(config.max_age).toBe(24 * 60 * 60 * 1e9);
});

test('a value that another version wrote otherwise counts as none', async () => {
  const nats = await connect({ servers: natsUrl() });
  await nats.jetstream().publish(`$KV.${prefix}_password-attempts.alice`, '{"tries":[]}');
  await nats.close();
  expect(await bus.keyValue(passwordAttempts).update('alice', oneMore, soon)).toEqual({ count: 1, last: 0 });
});

test.each(['.', '*', 'a.b', ''])('"%s" is no key', async (key) => {
  await expect(bus.keyValue(passwordAttempts).get(key, soon)).rejects.toThrow(RangeError);
});

test('without its bucket nothing is read or written: service_unavailable', async () => {
  const { bus: elsewhere } = await openBus(uniqueName());
  const attempts = elsewhere.keyValue(passwordAttempts);
  await expect(attempts.get('alice', soon)).rejects.toMatchObject({ code: 'service_unavailable' });
  await expect(attempts.update('alice', oneMore, soon)).rejects.toMatchObject({
    code: 'service_unavailable',
  });
});

test('without NATS the same, and it is there again when NATS is, even with an empty disk', async () => {
  await using broker = await NatsBroker.create();
  await broker.start();
  const { bus: own } = await openBus(prefix, broker.url);
  await own.keepBuckets('users');
  const attempts = own.keyValue(passwordAttempts);
  await attempts.update('alice', oneMore, soon);
  await broker.kill();
  await until('the loss to be noticed', () => !own.connected);
  await expect(attempts.get('alice', soon)).rejects.toMatchObject({ code: 'service_unavailable' });
  await broker.wipe();
  await broker.start();
  await until('the connection', () => own.connected);
  await own.keepBuckets('users');
  expect(await attempts.get('alice', soon)).toBeUndefined();
});

const connection = (username: string) => ({ username, status: 'online' as const, changes: 0 });

/** Follows a bucket, and keeps what it is told as `key:username`. */
function follow(watched: Bus) {
  const told: string[] = [];
  const watching = watched
    .keyValue(connections)
    .watch((key, value) => told.push(`${key}:${value?.username ?? 'none'}`));
  return { told, watching };
}

test('who follows a bucket is told of what was there, then of what comes, each once', async () => {
  const { bus: other } = await openBus(prefix);
  const values = other.keyValue(connections);
  await values.put('a', connection('alice'));
  await values.put('b', connection('bob'));
  await values.put('a', connection('anna'));
  const { told, watching } = follow(bus);
  await watching.read;
  expect(told.toSorted()).toEqual(['a:anna', 'b:bob']);
  await values.put('c', connection('carol'));
  await values.delete('b');
  await until('the latest', () => told.length === 4);
  expect(told.slice(2)).toEqual(['c:carol', 'b:none']);
  expect(await values.get('b', soon)).toBeUndefined();
  watching.stop();
  await values.put('d', connection('dave'));
  const { told: again, watching: another } = follow(bus);
  await another.read;
  expect(again.toSorted()).toEqual(['a:anna', 'b:none', 'c:carol', 'd:dave']);
  expect(told).toHaveLength(4);
  another.stop();
});

test('who follows a bucket is told again after NATS was away, also where it comes back empty', async () => {
  await using broker = await NatsBroker.create();
  await broker.start();
  const { bus: own } = await openBus(prefix, broker.url);
  const { told, watching } = follow(own);
  await own.keepBuckets('users');
  await own.keyValue(connections).put('a', connection('alice'));
  await watching.read;
  await until('the first', () => told.includes('a:alice'));
  await broker.kill();
  await broker.wipe();
  await broker.start();
  await until('the connection', () => own.connected);
  await own.keepBuckets('users');
  await own.keyValue(connections).put('b', connection('bob'));
  await until('the second', () => told.includes('b:bob'));
  watching.stop();
});
