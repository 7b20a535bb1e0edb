import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { getProfiles, listUsers, type RequestOf, type User } from '@natter/contracts';
import { Stack } from './_stack.ts';

let stack: Stack;
let alice: User;

beforeAll(async () => {
  stack = await Stack.create();
  await stack.startService();
  alice = await stack.register('alice', 'Alice');
  await stack.register('bob', 'Al Bundy');
  await stack.register('carol', '\u{1f600} Carol');
  await stack.register('dave', 'STRASSE');
  await stack.register('al', 'Someone');
});

afterAll(() => stack.close());

async function usernames(request: Partial<RequestOf<typeof listUsers>>): Promise<string[]> {
  const { users } = await stack.call(listUsers, { callerId: alice.id, limit: 50, ...request });
  return users.map((user) => user.username);
}

test('the directory lists the others by username', async () => {
  expect(await usernames({})).toEqual(['al', 'bob', 'carol', 'dave']);
});

test.each([
  ['al', ['al', 'bob']],
  ['AL ', ['bob']],
  ['\u{1f600}', ['carol']],
  ['straß', ['dave']],
  ['c', ['carol']],
  ['bundy', []],
  ['.*', []],
  ['$ne', []],
])('a search for %s finds %j', async (q, expected) => {
  expect(await usernames({ q })).toEqual(expected);
});

test('a search is paged like the whole directory', async () => {
  const first = await stack.call(listUsers, { callerId: alice.id, limit: 1, q: 'a' });
  expect(first.users.map((user) => user.username)).toEqual(['al']);
  expect(await usernames({ q: 'a', cursor: String(first.next) })).toEqual(['bob']);
});

test('a user who registers behind the cursor is on a later page, and one before it shifts nothing', async () => {
  const first = await stack.call(listUsers, { callerId: alice.id, limit: 3 });
  await stack.register('aaron');
  await stack.register('zoe');
  expect(await usernames({ cursor: String(first.next) })).toEqual(['dave', 'zoe']);
});

test('a cursor from nowhere is refused', async () => {
  await expect(usernames({ cursor: 'bm9wZQ' })).rejects.toMatchObject({ code: 'cursor_invalid' });
});

test('profiles are given to those of the asked for who exist', async () => {
  const { profiles } = await stack.call(getProfiles, { usernames: ['ALICE', 'nobody', 'bob'] });
  expect(profiles.map((profile) => profile.username).toSorted()).toEqual(['alice', 'bob']);
  const byId = await stack.call(getProfiles, { ids: [alice.id, '01890a5d-ac96-774b-bcce-b302099a8057'] });
  expect(byId.profiles).toEqual([{ ...alice, receipts: 'shared', deleted: false, version: 1 }]);
});
