import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { checkCredentials, deleteUser } from '@natter/contracts';
import { password, Stack } from './_stack.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await Stack.create();
  await stack.startService();
});

afterAll(() => stack.close());

const users = () => stack.database.mongoose.collection<{ _id: string }>('users');
const migrations = () => stack.database.mongoose.collection('migrations');

const taken = { code: 'username_taken' };

/** As an older Natter left them: names alone were unique, and nobody had looked for more. */
beforeEach(() => migrations().deleteMany({}));

test('accounts from before there were skeletons get theirs at the next start, the younger of two alike none', async () => {
  await stack.register('olga');
  const twin = await stack.register('twin-of-olga');
  await users().updateOne({ _id: twin.id }, { $set: { username: '0lga' } });
  await users().updateMany({}, { $unset: { skeleton: 1 } });
  await stack.startService();
  await expect(stack.register('o1ga')).rejects.toMatchObject(taken);
  // It goes on as it was, also when something about it changes.
  const known = await stack.call(checkCredentials, { username: '0lga', password });
  expect(known.id).toBe(twin.id);
  await stack.call(deleteUser, { id: twin.id, password });
  await expect(stack.register('0lga')).rejects.toMatchObject(taken);
});

test('what an older process makes during an update is found, until a start finds nothing', async () => {
  const { id } = await stack.register('pavel');
  await users().updateOne({ _id: id }, { $unset: { skeleton: 1 } });
  await stack.startService();
  await expect(stack.register('pave1')).rejects.toMatchObject(taken);
  expect(await migrations().countDocuments()).toBe(0);
  await stack.startService();
  expect(await migrations().countDocuments()).toBe(1);
});
