import { expect, test } from '@jest/globals';
import { createVisibility, type DirectoryPolicy } from './visibility.ts';

/** Ann and Ben share a conversation; whether they do is asked of nobody where it does not matter. */
const acquaintances = {
  areAcquainted: async (userId: string, otherId: string) => [userId, otherId].toSorted().join() === 'ann,ben',
  listOf: async (userId: string) => (userId === 'ann' ? ['ben'] : []),
};

const away = () => Promise.reject(new Error('asked'));

const unreachable = { areAcquainted: away, listOf: away };

test('by "everyone" all may find all, and nobody is asked', async () => {
  const visibility = createVisibility('everyone', unreachable);
  expect(await visibility.listedTo('ann')).toBeUndefined();
  expect(await visibility.isVisible('ann', 'cid')).toBe(true);
  expect(await visibility.isVisible(undefined, 'cid')).toBe(true);
});

test.each<[DirectoryPolicy, string[]]>([
  ['shared', ['ben']],
  ['none', []],
])('by "%s" one finds whom one shares a conversation with, and lists show %j', async (policy, listed) => {
  const visibility = createVisibility(policy, acquaintances);
  expect(await visibility.listedTo('ann')).toEqual(listed);
  const found = await Promise.all(['ann', 'ben', 'cid'].map((other) => visibility.isVisible('ann', other)));
  expect(found).toEqual([true, true, false]);
  expect(await visibility.isVisible(undefined, 'ann')).toBe(false);
});
