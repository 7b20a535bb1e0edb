import { beforeEach, expect, test } from '@jest/globals';
import { ConnectionLeases } from './connection-leases.ts';
import type { ConnectionWord } from './presence-board.ts';

const alice = { id: '01941f29-7c00-7000-8000-000000000001', username: 'alice' };

let now: number;
let failing: boolean;
let failures: number;
let values: Map<string, ConnectionWord>;
let written: string[];
let leases: ConnectionLeases;

beforeEach(() => {
  now = 0;
  failing = false;
  failures = 0;
  values = new Map();
  written = [];
  leases = new ConnectionLeases({
    values: {
      put: async (key, word) => {
        if (failing) throw new Error('away');
        written.push(key);
        values.set(key, word);
      },
      delete: async (key) => {
        if (failing) throw new Error('away');
        values.delete(key);
      },
    },
    clock: { now: () => now },
    onFailure: () => {
      failures += 1;
    },
  });
});

test('a connection is there from its opening to its end, and said to be so every 15 seconds', async () => {
  const key = leases.open({ ...alice, sessionId: 'session' });
  expect(key.startsWith(`${alice.id}_`)).toBe(true);
  expect(values.get(key)).toEqual({
    username: 'alice',
    sessionId: 'session',
    status: 'online',
    changes: 0,
  });
  for (now = 1_000; now <= 45_000; now += 1_000) leases.renew();
  expect(written).toEqual([key, key, key, key]);
  await leases.close(key);
  await leases.close(key);
  expect(values.size).toBe(0);
  now = 100_000;
  leases.renew();
  expect(written).toHaveLength(4);
});

test('each connection of a user is one of its own, with or without a session', () => {
  const keys = [leases.open(alice), leases.open(alice)];
  expect(new Set(keys).size).toBe(2);
  expect(leases.keys).toEqual(keys);
  expect(values.get(keys[0] as string)).toEqual({ username: 'alice', status: 'online', changes: 0 });
  void leases.close(keys[0] as string);
  expect(leases.isHere(alice.id)).toBe(true);
  void leases.close(keys[1] as string);
  expect(leases.isHere(alice.id)).toBe(false);
});

test('what could not be written is written at the next look', async () => {
  failing = true;
  const key = leases.open(alice);
  await Promise.resolve();
  expect([failures, values.size]).toEqual([1, 0]);
  failing = false;
  leases.renew();
  expect(values.has(key)).toBe(true);
  failing = true;
  await leases.close(key);
  expect(failures).toBe(2);
});

test('a status that somebody else has set stays, also where it was overwritten meanwhile', () => {
  const key = leases.open(alice);
  const first = values.get(key) as ConnectionWord;
  leases.hear(key, { ...first, status: 'away', changes: 1 });
  now = 15_000;
  leases.renew();
  expect(values.get(key)).toMatchObject({ status: 'away', changes: 1 });
  values.set(key, first);
  leases.hear(key, first);
  expect(values.get(key)).toMatchObject({ status: 'away', changes: 1 });
  const count = written.length;
  leases.hear(key, values.get(key));
  leases.hear(`${alice.id}_other`, first);
  expect(written).toHaveLength(count);
});

test('not more than a thousand are renewed at once', () => {
  for (let n = 0; n < 1_500; n += 1) leases.open(alice);
  now = 15_000;
  leases.renew();
  expect(written).toHaveLength(2_500);
  leases.renew();
  expect(written).toHaveLength(3_000);
});
