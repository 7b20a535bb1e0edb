import { describe, expect, test } from '@jest/globals';
import { judgeDeath } from './restart-policy.ts';

describe('a process that ended', () => {
  test.each([
    [0, 200],
    [1, 400],
    [2, 800],
    [3, 1_600],
  ])('after %i quick deaths and one more is started again in %i ms', (before, restartInMs) => {
    expect(judgeDeath(before, 4_999)).toEqual({ restartInMs, quickDeaths: before + 1 });
  });

  test('is given up with its fifth quick death in a row', () => {
    expect(judgeDeath(4, 0)).toBe('give up');
  });

  test('is started again soon when it lived long, and its quick deaths are forgotten', () => {
    expect(judgeDeath(4, 5_000)).toEqual({ restartInMs: 200, quickDeaths: 0 });
  });
});
