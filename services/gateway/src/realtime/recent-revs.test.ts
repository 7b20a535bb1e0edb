import { expect, it } from '@jest/globals';
import { RecentRevs } from './recent-revs.ts';

it('gives the least recent first, each once', () => {
  const revs = new RecentRevs();
  const all = [
    ['a', 1],
    ['b', 2],
    ['c', 3],
    ['b', 4],
    ['a', 5],
    ['a', 6],
  ] as const;
  for (const [id, rev] of all) expect(revs.set(id, rev)).toBe(true);
  expect([...revs]).toEqual([
    ['c', 3],
    ['b', 4],
    ['a', 6],
  ]);
  expect(['a', 'b', 'c', 'd'].map((id) => revs.of(id))).toEqual([6, 4, 3, 0]);
  revs.clear();
  expect([[...revs], revs.of('a')]).toEqual([[], 0]);
});

it('keeps 32, and says when it had to leave one out', () => {
  const revs = new RecentRevs();
  for (let n = 1; n <= 32; n += 1) expect(revs.set(`${n}`, n)).toBe(true);
  expect(revs.set('1', 33)).toBe(true);
  expect(revs.set('33', 33)).toBe(false);
  expect([...revs].map(([id]) => id)).toEqual([
    ...Array.from({ length: 30 }, (_, n) => `${n + 3}`),
    '1',
    '33',
  ]);
  expect(revs.of('2')).toBe(0);
});
