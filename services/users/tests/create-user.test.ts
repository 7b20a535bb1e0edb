import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createUser, getUser } from '@natter/contracts';
import { password, Stack } from './_stack.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await Stack.create();
  await stack.startService();
  await stack.startService();
});

afterAll(() => stack.close());

test('a new user is there at once, under a folded name', async () => {
  const user = await stack.call(createUser, { username: 'Alice', displayName: 'Alice A.', password });
  expect(user).toMatchObject({ username: 'alice', displayName: 'Alice A.' });
  expect(await stack.call(getUser, { username: 'ALICE' })).toEqual(user);
  expect(await stack.call(getUser, { id: user.id })).toEqual(user);
});

test('a user without a display name is shown by the username', async () => {
  const user = await stack.call(createUser, { username: 'Plain', password });
  expect(user.displayName).toBe('plain');
});

test('an answer holds what everyone may know and nothing else', async () => {
  const user = await stack.register('narrow');
  expect(Object.keys(user).toSorted()).toEqual(['created', 'displayName', 'id', 'username']);
});

test('a name that is taken stays taken, in any case', async () => {
  await stack.register('taken');
  await expect(stack.register('TAKEN')).rejects.toMatchObject({ code: 'username_taken' });
});

test('of simultaneous registrations of one name exactly one succeeds', async () => {
  const results = await Promise.allSettled(Array.from({ length: 3 }, () => stack.register('wanted')));
  const refusals = results.filter((result) => result.status === 'rejected');
  expect(refusals.map((refusal) => refusal.reason.code)).toEqual(Array(2).fill('username_taken'));
});

test.each([
  ['reserved', { username: 'Admin', password }, '/username'],
  ['without a letter', { username: '123', password }, '/username'],
  ['with too short a password', { username: 'shorty', password: '1234567' }, '/password'],
  ['with an unknown field', { username: 'unknown', password, admin: true }, '/admin'],
])('a registration %s is refused with a pointer', async (_, request, pointer) => {
  await expect(stack.call(createUser, request)).rejects.toMatchObject({
    code: 'validation_failed',
    faults: [expect.objectContaining({ pointer })],
  });
});

test.each([{ username: 'nobody' }, { id: '01890a5d-ac96-774b-bcce-b302099a8057' }])(
  'a user who is not there is not found by %p',
  async (key) => {
    await expect(stack.call(getUser, key)).rejects.toMatchObject({ code: 'user_not_found' });
  },
);
