import { beforeEach, expect, test } from '@jest/globals';
import { Deadline } from '@natter/bus';
import { type lastSeen, NatterError, type ValueOf } from '@natter/contracts';
import { ConnectionLeases } from './connection-leases.ts';
import { Presence } from './presence.ts';
import { type ConnectionWord, PresenceBoard } from './presence-board.ts';
import { PresenceNews } from './presence-news.ts';

const idOf = (n: number) => `01941f29-7c00-7000-8000-00000000000${n}`;
const [alice, bob, carol] = ['alice', 'bob', 'carol'].map((username, n) => ({ id: idOf(n), username })) as [
  Person,
  Person,
  Person,
];
type Person = { id: string; username: string };

const context = { requestId: 'test', deadline: Deadline.in(60_000) };
const start = Date.parse('2026-01-01T12:00:00.000Z');

/** The bucket that all gateways share, as NATS has it: whoever watches hears of what is written, also of their own. */
class Bucket {
  readonly values = new Map<string, ConnectionWord>();
  readonly #watchers = new Set<(key: string, word: ConnectionWord | undefined) => void>();

  put = async (key: string, word: ConnectionWord) => this.#set(key, word);
  delete = async (key: string) => this.#set(key, undefined);
  update = async (key: string, change: (word: ConnectionWord | undefined) => ConnectionWord) => {
    const word = change(this.values.get(key));
    this.#set(key, word);
    return word;
  };
  watch = (handle: (key: string, word: ConnectionWord | undefined) => void) => {
    for (const [key, word] of this.values) handle(key, word);
    this.#watchers.add(handle);
    return { read: Promise.resolve(), stop: () => void this.#watchers.delete(handle) };
  };

  #set(key: string, word: ConnectionWord | undefined): void {
    if (word === undefined) this.values.delete(key);
    else this.values.set(key, word);
    for (const tell of this.#watchers) tell(key, word);
  }
}

let seconds: number;
let connected: boolean;
let bucket: Bucket;
let seen: Map<string, ValueOf<typeof lastSeen>>;
/** Who shares a conversation with whom. */
let acquainted: string[][];

/** As messaging answers it. */
const call = async (_operation: unknown, { userId, among }: { userId: string; among?: string[] }) => ({
  ids: (among ?? acquainted.flat()).filter(
    (id) => id !== userId && acquainted.some((pair) => pair.includes(id) && pair.includes(userId)),
  ),
});

const onFailure = (error: unknown) => {
  throw error;
};

/** A gateway, and what it told whom. */
async function gateway() {
  const told: string[] = [];
  const clock = { now: () => seconds * 1_000, date: () => new Date(start + seconds * 1_000) };
  const bus = {
    call: call as never,
    get connected() {
      return connected;
    },
  };
  const tellUser = (id: string, { json }: { json: string }): void => {
    const { username, status, lastSeen: date } = JSON.parse(json);
    const since = date === null ? '' : ` since ${(Date.parse(date) - start) / 1_000}`;
    told.push(
      `${[alice, bob, carol].find((person) => person.id === id)?.username}: ${username} ${status}${since}`,
    );
  };
  const leases = new ConnectionLeases({ values: bucket, clock, onFailure });
  const board = new PresenceBoard(clock);
  const find = (userId: string) => board.find(userId);
  const presence = new Presence({
    bus,
    values: bucket,
    seen: {
      get: async (id) => seen.get(id),
      put: async (id, value) => void seen.set(id, value),
      update: async (id, change) => {
        const value = change(seen.get(id));
        seen.set(id, value);
        return value;
      },
    },
    leases,
    board,
    news: new PresenceNews({
      bus,
      events: { tellUser },
      isHere: (userId) => leases.isHere(userId),
      find,
      onFailure,
    }),
    clock,
    onFailure,
  });
  const tick = async () => {
    presence.renew();
    await presence.tell();
  };
  await tick();
  return {
    presence,
    tick,
    /** Somebody connects. @returns what ends that. */
    connect: (person: Person & { sessionId?: string }) =>
      presence.connected(person, (event) => tellUser(person.id, event)),
    /** What was told since it was asked the last time. */
    told: () => told.splice(0),
    of: (viewer: Person, person: Person) => presence.of(viewer, person, context),
  };
}

type Gateway = Awaited<ReturnType<typeof gateway>>;

/** Lets so many seconds pass. */
async function pass(count: number, ...gateways: Gateway[]): Promise<void> {
  for (let second = 0; second < count; second += 1) {
    seconds += 1;
    for (const { tick } of gateways) await tick();
  }
}

let one: Gateway;
let other: Gateway;

beforeEach(async () => {
  seconds = 0;
  connected = true;
  bucket = new Bucket();
  seen = new Map();
  acquainted = [[alice.id, bob.id]];
  [one, other] = [await gateway(), await gateway()];
  await pass(1, one, other);
});

test('who comes and goes is told to whom they share a conversation with, on every gateway, and to nobody else', async () => {
  one.connect(bob);
  other.connect(carol);
  await pass(1, one, other);
  const leave = other.connect(alice);
  await pass(1, one, other);
  expect([one.told(), other.told()]).toEqual([['bob: alice online'], ['alice: bob online']]);
  leave();
  await pass(9, one, other);
  expect([one.told(), other.told()]).toEqual([[], []]);
  await pass(1, one, other);
  expect([one.told(), other.told()]).toEqual([['bob: alice offline since 3'], []]);
  await pass(60, one, other);
  expect([one.told(), other.told()]).toEqual([[], []]);
});

test('who comes back to another gateway before ten seconds are over was never gone', async () => {
  one.connect(bob);
  const leave = one.connect(alice);
  await pass(1, one, other);
  one.told();
  leave();
  await pass(9, one, other);
  other.connect(alice);
  await pass(60, one, other);
  expect(one.told()).toEqual([]);
});

test('whose gateway died is gone half a minute later, and was seen when it was heard of last', async () => {
  one.connect(bob);
  other.connect(alice);
  await pass(20, one, other);
  one.told();
  await pass(24, one);
  expect(one.told()).toEqual([]);
  await pass(1, one);
  expect(one.told()).toEqual(['bob: alice offline since 16']);
  expect(await one.of(bob, alice)).toMatchObject({
    status: 'offline',
    lastSeen: new Date(start + 16_000).toISOString(),
  });
});

test('nobody is taken for gone because NATS was away, or this process', async () => {
  one.connect(bob);
  other.connect(alice);
  await pass(1, one, other);
  one.told();
  connected = false;
  await pass(120, one, other);
  connected = true;
  await pass(10, one, other);
  expect(one.told()).toEqual([]);
  seconds += 120;
  await pass(10, one, other);
  expect(one.told()).toEqual([]);
});

test('a gateway that starts tells of those who were there before only whoever comes then, once', async () => {
  one.connect(alice);
  one.connect(carol);
  await pass(1, one);
  const late = await gateway();
  await pass(1, one, late);
  late.connect(bob);
  const gone = late.connect(bob);
  gone();
  await pass(20, one, late);
  expect(late.told()).toEqual(['bob: alice online']);
  expect(await late.of(bob, alice)).toMatchObject({ status: 'online', lastSeen: null });
});

test('a status is that of one session, set on whichever gateway, and kept', async () => {
  one.connect(bob);
  const phone = { ...alice, sessionId: idOf(8) };
  one.connect(phone);
  one.connect(alice);
  await pass(1, one, other);
  one.told();
  await other.presence.setStatus(phone, 'away', context.deadline);
  await pass(1, one, other);
  expect(one.told()).toEqual([]);
  await other.presence.setStatus(alice, 'away', context.deadline);
  await pass(60, one, other);
  expect(one.told()).toEqual(['bob: alice away']);
  expect(await other.of(alice, alice)).toMatchObject({ status: 'away' });
  await one.presence.setStatus(phone, 'online', context.deadline);
  await pass(60, one, other);
  expect(one.told()).toEqual(['bob: alice online']);
});

test('a status of a connection that is gone meanwhile brings nobody back', async () => {
  const leave = one.connect(alice);
  bucket.update = async (_key, change) => change(undefined);
  await one.presence.setStatus(alice, 'away', context.deadline);
  leave();
  expect(bucket.values.size).toBe(0);
});

test('what cannot be written is said to whoever set it', async () => {
  one.connect(alice);
  bucket.update = () => Promise.reject(new NatterError('service_unavailable'));
  await expect(one.presence.setStatus(alice, 'away', context.deadline)).rejects.toMatchObject({
    code: 'service_unavailable',
  });
});

test('somebody with whom no conversation is shared was never there', async () => {
  const leave = one.connect(alice);
  await pass(1, one, other);
  const nothing = { userId: alice.id, username: 'alice', status: 'offline', lastSeen: null };
  expect(await one.of(carol, alice)).toEqual(nothing);
  leave();
  await pass(20, one, other);
  expect(await one.of(carol, alice)).toEqual(nothing);
  expect(await one.of(bob, alice)).toEqual({ ...nothing, lastSeen: new Date(start + 2_000).toISOString() });
});

test('a gateway that stops leaves nobody behind', async () => {
  one.connect(alice);
  one.connect(alice);
  other.connect(bob);
  await one.presence.stop();
  expect([...bucket.values.values()].map(({ username }) => username)).toEqual(['bob']);
  expect(seen.has(alice.id)).toBe(true);
});
