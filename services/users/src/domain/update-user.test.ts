import { expect, test } from '@jest/globals';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import type { Accounts } from './account.ts';
import { newAccount } from './create-user.ts';
import { deletedAccount } from './delete-user.ts';
import { updateUser } from './update-user.ts';

const alice = newAccount({
  id: '1',
  username: 'alice',
  displayName: undefined,
  passwordHash: 'hash',
  at: new Date(),
});

async function accountsWithAlice(): Promise<Accounts> {
  const { accounts } = createMemoryStorage();
  await accounts.add(alice);
  return accounts;
}

test('a new display name is the next version, and nothing else of the account changes', async () => {
  const accounts = await accountsWithAlice();
  const expected = { ...alice, displayName: 'Alice A.', version: 2 };
  expect(await updateUser(accounts, { id: '1', displayName: 'Alice A.' })).toEqual({
    account: expected,
    changed: true,
  });
  expect(await accounts.findById('1')).toEqual(expected);
});

test('the same display name again changes nothing', async () => {
  const accounts = await accountsWithAlice();
  expect(await updateUser(accounts, { id: '1', displayName: 'alice' })).toEqual({
    account: alice,
    changed: false,
  });
});

test('a choice about receipts is a change by itself, and outlives the account', async () => {
  const accounts = await accountsWithAlice();
  const { account } = await updateUser(accounts, { id: '1', receipts: 'private' });
  expect(account).toEqual({ ...alice, receipts: 'private', version: 2 });
  expect(await updateUser(accounts, { id: '1', receipts: 'private' })).toEqual({ account, changed: false });
  expect(deletedAccount(account).receipts).toBe('private');
});

test('a change that somebody else makes at the same moment is kept', async () => {
  const accounts = await accountsWithAlice();
  let first = true;
  const findById = async (id: string) => {
    const found = await accounts.findById(id);
    if (first) await accounts.replace({ ...alice, passwordHash: 'another', version: 2 });
    first = false;
    return found;
  };
  const replace = accounts.replace.bind(accounts);
  const { account } = await updateUser({ ...accounts, findById, replace }, { id: '1', displayName: 'A.' });
  expect(account).toMatchObject({ displayName: 'A.', passwordHash: 'another', version: 3 });
});

test('whoever is deleted, or never was, gets no name', async () => {
  const accounts = await accountsWithAlice();
  await accounts.replace(deletedAccount(alice));
  for (const id of ['1', '2']) {
    await expect(updateUser(accounts, { id, displayName: 'A.' })).rejects.toMatchObject({
      code: 'user_not_found',
    });
  }
});
