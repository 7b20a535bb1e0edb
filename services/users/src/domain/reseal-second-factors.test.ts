import { expect, test } from '@jest/globals';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import { newAccount } from './create-user.ts';
import { resealSecondFactors } from './reseal-second-factors.ts';
import type { SealedSecret } from './second-factor.ts';

const at = new Date('2026-01-02T03:04:05.678Z');

const accountOf = (name: string, ...kids: string[]) => ({
  ...newAccount({ id: name, username: name, displayName: undefined, passwordHash: 'hash', at }),
  secondFactor: {
    seals: kids.map((kid) => ({ kid, box: `${name} under ${kid}` })),
    confirmed: true,
    lastStep: 7,
    recoveryHashes: ['hash'],
  },
});

const kidsOf = (seals: readonly SealedSecret[] = []) => seals.map(({ kid }) => kid).join();

test('what is not sealed under all keys is sealed again, and nothing else is changed', async () => {
  const { accounts } = createMemoryStorage();
  for (const account of [
    accountOf('alice', 'old'),
    accountOf('bob', 'new', 'old'),
    accountOf('carol', 'gone'),
  ]) {
    await accounts.add(account);
  }
  let meanwhile = 1;
  await resealSecondFactors(accounts, {
    reseal: ({ seals, ownerId }) => {
      if (kidsOf(seals) !== 'old') return undefined;
      // A code is used in this very moment.
      if (meanwhile > 0) {
        meanwhile -= 1;
        const used = { ...accountOf(ownerId, 'old').secondFactor, lastStep: 8 };
        void accounts.replaceSecondFactor({ ...accountOf(ownerId), secondFactor: used, version: 2 });
      }
      return ['new', 'old'].map((kid) => ({ kid, box: 'sealed' }));
    },
  });
  const found = await Promise.all(['alice', 'bob', 'carol'].map((name) => accounts.findById(name)));
  expect(found.map((account) => kidsOf(account?.secondFactor?.seals))).toEqual([
    'new,old',
    'new,old',
    'gone',
  ]);
  expect(found.map((account) => account?.version)).toEqual([3, 1, 1]);
  expect(found[0]?.secondFactor).toMatchObject({ lastStep: 8, recoveryHashes: ['hash'] });
});
