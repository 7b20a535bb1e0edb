import { beforeEach, expect, test } from '@jest/globals';
import type { Outbox } from '../domain/outbox.ts';
import type { Profile } from '../domain/profile.ts';
import { Sweeper } from './sweeper.ts';

const alice = {
  id: '1',
  username: 'alice',
  displayName: 'Alice',
  created: new Date(),
  deleted: false,
  receipts: 'shared' as const,
  version: 1,
};
const bob = { ...alice, id: '2', username: 'bob' };

let marked: Profile[];
let sent: Profile[];

beforeEach(() => {
  marked = [];
  sent = [];
});

function sweeper(publish = async (_: Profile): Promise<void> => undefined): Sweeper {
  const outbox: Outbox = {
    readMarked: async (limit) => marked.slice(0, limit),
    unmark: async (profile) => {
      marked = marked.filter((other) => other !== profile);
    },
  };
  const send = async (profile: Profile): Promise<void> => {
    await publish(profile);
    sent.push(profile);
    await outbox.unmark(profile);
  };
  return new Sweeper({ outbox, send });
}

test('what is marked at two sweeps in a row is sent, once', async () => {
  const one = sweeper();
  marked = [alice];
  await one.sweep();
  expect(sent).toEqual([]);
  await one.sweep();
  await one.sweep();
  expect(sent).toEqual([alice]);
});

test('what its own process unmarks in time is left alone', async () => {
  const one = sweeper();
  marked = [alice];
  await one.sweep();
  marked = [bob];
  await one.sweep();
  expect(sent).toEqual([]);
});

test('a new version of a marked profile has its own two sweeps', async () => {
  const one = sweeper();
  const newer = { ...alice, version: 2 };
  marked = [alice];
  await one.sweep();
  marked = [newer];
  await one.sweep();
  expect(sent).toEqual([]);
  await one.sweep();
  expect(sent).toEqual([newer]);
});

test('one that can’t be sent holds up no other, and is tried again', async () => {
  let broken = true;
  const one = sweeper(async (profile) => {
    if (broken && profile === alice) throw new Error('no messenger');
  });
  marked = [alice, bob];
  await one.sweep();
  await expect(one.sweep()).rejects.toThrow('no messenger');
  expect(sent).toEqual([bob]);
  broken = false;
  await one.sweep();
  expect(sent).toEqual([bob, alice]);
});
