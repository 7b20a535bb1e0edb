import { describe, expect, it, test } from '@jest/globals';
import { parseRetryAfter, retryDelayMs } from './retry-delay.ts';

const delays = (random: () => number) =>
  [1, 2, 3, 4, 5, 6, 7, 8, 1_000].map((attempts) => retryDelayMs(attempts, { random }) / 1_000);

describe('the delay before an entry is tried again', () => {
  it('is three times as long each time, and an hour at most', () => {
    expect(delays(() => 0.5)).toEqual([5, 15, 45, 135, 405, 1_215, 3_600, 3_600, 3_600]);
  });

  it('is spread by a fifth to both sides, within the hour', () => {
    expect(delays(() => 0)).toEqual([4, 12, 36, 108, 324, 972, 2_916, 3_600, 3_600]);
    expect(retryDelayMs(1, { random: () => 1 })).toBe(6_000);
    expect(retryDelayMs(7, { random: () => 1 })).toBe(3_600_000);
  });

  it.each([
    [0, 1_000],
    [30_000, 30_000],
    [86_400_000, 3_600_000],
  ])('is what the receiver asks for, between a second and an hour: %i', (retryAfterMs, expected) => {
    expect(retryDelayMs(1, { retryAfterMs, random: () => 0 })).toBe(expected);
  });
});

test.each([
  ['120', 120_000],
  ['0', 0],
  ['Wed, 25 Nov 2026 07:00:30 GMT', 30_000],
  ['Wed, 25 Nov 2026 06:00:00 GMT', 0],
  ['soon', undefined],
  ['-5', undefined],
  ['', undefined],
  [undefined, undefined],
])('Retry-After: %s is %p ms', (header, expected) => {
  expect(parseRetryAfter(header, new Date('2026-11-25T07:00:00Z'))).toBe(expected);
});
