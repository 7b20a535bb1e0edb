import { expect, test } from '@jest/globals';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import type { Account } from './account.ts';
import { withPassword } from './change-password.ts';
import { withConfirmedFactor, withoutFactor } from './confirm-second-factor.ts';
import { newAccount } from './create-user.ts';
import { pendingSecondFactor } from './second-factor.ts';
import { createUseCode } from './use-code.ts';

const at = new Date('2026-01-02T03:04:05.678Z');
const plain = newAccount({ id: 'a', username: 'alice', displayName: undefined, passwordHash: 'hash', at });
const pending: Account = { ...plain, secondFactor: pendingSecondFactor([]) };
const recoveryCodes = ['aaaa-bbbb', 'cccc-dddd'];
const alice: Account = {
  ...withConfirmedFactor(plain, pendingSecondFactor([]), { step: 100, recoveryCodes }),
  version: 1,
};

/** The app of this owner shows for each step its number, and the clock is within one of 102. */
const timeCodes = {
  create: () => ({ seals: [], secret: '', uri: '' }),
  stepOf: (code: string) => (Math.abs(Number(code) - 102) <= 1 ? Number(code) : undefined),
  reseal: () => undefined,
};

async function setUp(account: Account = alice) {
  const { accounts } = createMemoryStorage();
  await accounts.add(account);
  const useCode = createUseCode({ accounts, timeCodes, now: () => at });
  /** As the account is now. */
  const use = async (code?: string) => useCode((await accounts.findById('a'))!, code);
  const factor = async () => (await accounts.findById('a'))?.secondFactor;
  return { accounts, useCode, use, factor };
}

const refused = (code: string) => ({ code, detail: undefined });

test.each([
  ['no second factor', plain],
  ['one that is not confirmed', pending],
])('an account with %s is not asked for a code', async (_, account) => {
  const { use } = await setUp(account);
  expect(await use()).toEqual({ account });
  expect(await use('000102')).toEqual({ account });
});

test('without a code the right password is told that one is wanted', async () => {
  const { use } = await setUp();
  await expect(use()).rejects.toMatchObject(refused('second_factor_required'));
});

test('a code of the app is good once, and so is none that came before it', async () => {
  const { use, factor } = await setUp();
  await use('000 102');
  expect(await factor()).toMatchObject({ lastStep: 102 });
  await expect(use('000102')).rejects.toMatchObject(refused('wrong_code'));
  await expect(use('000101')).rejects.toMatchObject(refused('wrong_code'));
  await use('000103');
});

test.each(['', '000100', '000104', '00010', '0000102', 'aaaa', 'aaaa-bbbb-cccc', '１０２'])(
  'the code "%s" is wrong, and changes nothing',
  async (code) => {
    const { accounts, use } = await setUp();
    await expect(use(code)).rejects.toMatchObject(refused('wrong_code'));
    expect(await accounts.findById('a')).toEqual(alice);
  },
);

test('a recovery code is good once, however it is typed, and says how many are left', async () => {
  const { use } = await setUp();
  expect(await use(' AAAA bbbb')).toMatchObject({ recoveryCodesLeft: 1 });
  await expect(use('aaaa-bbbb')).rejects.toMatchObject(refused('wrong_code'));
  expect(await use('ccccdddd')).toMatchObject({ recoveryCodesLeft: 0 });
});

test.each(['000102', 'aaaa-bbbb'])('of many who use "%s" at once one gets in', async (code) => {
  const { useCode } = await setUp();
  const attempts = await Promise.allSettled(Array.from({ length: 5 }, () => useCode(alice, code)));
  const refusals = attempts.filter((attempt) => attempt.status === 'rejected');
  expect(refusals.map(({ reason }) => reason.code)).toEqual(Array(4).fill('wrong_code'));
});

test('a code is used in an account that changes otherwise at the same moment', async () => {
  const { accounts, useCode } = await setUp();
  await accounts.replace({ ...alice, displayName: 'Alice', version: 2 });
  const { account } = await useCode(alice, '000102');
  expect(account).toMatchObject({ displayName: 'Alice', secondFactor: { lastStep: 102 } });
  expect(await accounts.findById('a')).toEqual(account);
});

test('a password that is changed meanwhile is not good with a code', async () => {
  const { accounts, useCode, factor } = await setUp();
  await accounts.replace(withPassword(alice, 'new'));
  await expect(useCode(alice, '000102')).rejects.toMatchObject(refused('service_unavailable'));
  expect(await factor()).toMatchObject({ lastStep: 100 });
});

test('no code is wanted where the second factor is taken off meanwhile', async () => {
  const { accounts, useCode } = await setUp();
  await accounts.replaceSecondFactor(withoutFactor(alice));
  const { account } = await useCode(alice, '000102');
  expect(account.secondFactor).toBeUndefined();
});
