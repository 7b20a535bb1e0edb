import { expect, test } from '@jest/globals';
import { waitingTime } from './waiting-time.ts';

const policy = { free: 10, firstSeconds: 1, mostSeconds: 900, perAddress: { burst: 300, perSecond: 0.5 } };

test.each([
  [0, 0],
  [9, 0],
  [10, 1_000],
  [11, 2_000],
  [19, 512_000],
  [20, 900_000],
  [5_000, 900_000],
])('after %d attempts the next waits for %d ms', (count, wait) => {
  expect(waitingTime({ count, last: 7 }, policy, 7)).toBe(wait);
});

test('the wait passes', () => {
  expect(waitingTime({ count: 12, last: 0 }, policy, 3_000)).toBe(1_000);
  expect(waitingTime({ count: 12, last: 0 }, policy, 4_000)).toBe(0);
});

test('a clock that is an hour ahead makes nobody wait for an hour', () => {
  expect(waitingTime({ count: 10, last: 3_600_000 }, policy, 0)).toBe(1_000);
});
