import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { implement, type Serving } from '@natter/bus';
import { findAcquaintances, getUser, listAcquaintances, listUsers, type User } from '@natter/contracts';
import { Stack } from './_stack.ts';

let stack: Stack;
let messaging: Serving;
let [alice, bob, carol]: User[] = [];

const knownTo = (userId: string) => (userId === alice?.id ? [String(bob?.id)] : []);

/** In place of messaging: alice shares a conversation with bob. */
function serveAcquaintances(): Promise<Serving> {
  return stack.bus.serve(
    [
      implement(findAcquaintances, async ({ userId, among }) => ({
        ids: knownTo(userId).filter((id) => among.includes(id)),
      })),
      implement(listAcquaintances, async ({ userId, afterId = '' }) => ({
        ids: knownTo(userId).filter((id) => id > afterId),
      })),
    ],
    { service: 'messaging', version: '0.0.0', maxInFlight: 16 },
  );
}

beforeEach(async () => {
  stack = await Stack.create();
  messaging = await serveAcquaintances();
});

afterEach(async () => {
  await messaging.stop();
  await stack.close();
});

async function start(policy: string): Promise<void> {
  await stack.startService({ DIRECTORY: policy });
  [alice, bob, carol] = await Promise.all(['alice', 'bob', 'carol'].map((name) => stack.register(name)));
}

const listed = async (caller?: User, q?: string) => {
  const { users } = await stack.call(listUsers, { callerId: String(caller?.id), limit: 10, q });
  return users.map(({ username }) => username);
};

test.each([
  ['shared', ['bob']],
  ['none', []],
])('by "%s" strangers are not there', async (policy, expected) => {
  await start(policy);
  expect(await listed(alice)).toEqual(expected);
  expect(await listed(alice, 'c')).toEqual([]);
  expect(await listed(carol)).toEqual([]);
  const callerId = String(alice?.id);
  expect(await stack.call(getUser, { callerId, username: 'BOB' })).toEqual(bob);
  expect(await stack.call(getUser, { callerId, id: callerId })).toEqual({
    ...alice,
    receipts: 'shared',
    secondFactor: 'off',
  });
  const strangers = [{ username: 'carol' }, { id: String(carol?.id) }, { username: 'nobody' }];
  for (const stranger of strangers) {
    await expect(stack.call(getUser, { callerId, ...stranger })).rejects.toMatchObject({
      code: 'user_not_found',
      detail: undefined,
    });
  }
});

test('by "everyone" messaging is not asked', async () => {
  await messaging.stop();
  await start('everyone');
  expect(await listed(alice)).toEqual(['bob', 'carol']);
  expect(await stack.call(getUser, { callerId: String(alice?.id), username: 'carol' })).toEqual(carol);
});
