import { describe, expect, it } from '@jest/globals';
import { backoffMs } from './backoff.ts';

const [least, most] = [{ random: () => 0 }, { random: () => 1 }];

describe('backoffMs', () => {
  it('doubles up to a quarter of a minute, half of it by chance', () => {
    expect([1, 2, 3, 4, 40].map((failures) => backoffMs(failures, least))).toEqual([
      125, 250, 500, 1_000, 7_500,
    ]);
    expect([1, 2, 3, 4, 40].map((failures) => backoffMs(failures, most))).toEqual([
      250, 500, 1_000, 2_000, 15_000,
    ]);
  });

  it('is never less than the server asked for, and not the same for all', () => {
    expect(backoffMs(1, least, 5_000)).toBe(5_000);
    expect(backoffMs(1, most, 5_000)).toBe(5_250);
  });
});
