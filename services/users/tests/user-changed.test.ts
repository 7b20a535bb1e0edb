import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Consuming } from '@natter/bus';
import { getUser, listUsers, type UserProfile, updateUser, userChanged } from '@natter/contracts';
import { ensureIndexes } from '@natter/mongo';
import { waitFor } from '@natter/testkit';
import { createMongoStorage } from '../src/storage/mongo-storage.ts';
import { Stack } from './_stack.ts';

let stack: Stack;
let consuming: Consuming;
let heard: UserProfile[];

beforeEach(async () => {
  stack = await Stack.create();
  heard = [];
  consuming = await stack.bus.consume(userChanged, {
    durable: 'test',
    handle: async (profile) => {
      heard.push(profile);
    },
    deadLetter: async (letter) => {
      throw new Error(letter.error);
    },
  });
});

afterEach(async () => {
  await consuming.stop();
  await stack.close();
});

const marked = () => stack.database.mongoose.collection('users').countDocuments({ relay: true });

test('a registration reaches a consumer with the whole profile, and its mark goes', async () => {
  await stack.startService();
  const alice = await stack.register('alice', 'Alice');
  await waitFor(() => heard.length > 0, { what: 'the event' });
  expect(heard).toEqual([{ ...alice, deleted: false, receipts: 'shared', version: 1 }]);
  await waitFor(async () => (await marked()) === 0, { what: 'the mark to go' });
});

test('another display name reaches a consumer too, and the directory finds it at once', async () => {
  await stack.startService();
  const { id } = await stack.register('alice', 'Alice');
  const { secondFactor: _, ...user } = await stack.call(updateUser, { id, displayName: 'Zo\u00eb' });
  await waitFor(() => heard.length > 1, { what: 'the event' });
  expect(heard.at(-1)).toEqual({ ...user, displayName: 'Zo\u00eb', deleted: false, version: 2 });
  const search = { callerId: '01890a5d-ac96-774b-bcce-b302099a8057', limit: 2 };
  expect(await stack.call(listUsers, { ...search, q: 'ZO' })).toMatchObject({
    users: [{ id, displayName: 'Zo\u00eb' }],
  });
  expect(await stack.call(listUsers, { ...search, q: 'Alice ' })).toMatchObject({ users: [] });
});

test('the choice about receipts reaches a consumer, and is shown to nobody but whose it is', async () => {
  await stack.startService();
  const { id } = await stack.register('alice', 'Alice');
  const bob = await stack.register('bob');
  const receipts = 'private';
  expect(await stack.call(updateUser, { id, receipts })).toMatchObject({
    id,
    displayName: 'Alice',
    receipts,
  });
  await waitFor(() => heard.some((profile) => profile.id === id && profile.receipts === receipts), {
    what: 'the event',
  });
  expect(await stack.call(updateUser, { id, displayName: 'A.' })).toMatchObject({
    displayName: 'A.',
    receipts,
  });
  expect(await stack.call(getUser, { id, callerId: id })).toMatchObject({ displayName: 'A.', receipts });
  const asSeenByOthers = [
    await stack.call(getUser, { id, callerId: bob.id }),
    await stack.call(getUser, { id }),
    ...(await stack.call(listUsers, { callerId: bob.id, limit: 2 })).users,
  ];
  for (const user of asSeenByOthers) expect(user).not.toHaveProperty('receipts');
});

test('what a process wrote before it died is published by the next one, once', async () => {
  const storage = createMongoStorage(stack.database.mongoose);
  await ensureIndexes(stack.database.mongoose);
  const id = '01890a5d-ac96-774b-bcce-b302099a8057';
  const orphan = {
    id,
    username: 'orphan',
    displayName: 'Orphan',
    created: new Date(),
    deleted: false,
    receipts: 'shared' as const,
    version: 1,
  };
  await storage.accounts.add({ ...orphan, passwordHash: 'none', disabled: false, sessionEpoch: 0 });

  await stack.startService();
  await stack.startService();
  await waitFor(async () => (await marked()) === 0, { what: 'the mark to go' });
  await stack.register('last');
  await waitFor(() => heard.some((profile) => profile.username === 'last'), {
    what: 'the last',
  });
  expect(heard.map((profile) => profile.username)).toEqual(['orphan', 'last']);
});
