import { expect, test } from '@jest/globals';
import { redeliverAfterMs } from './redelivery.ts';

test.each([
  [1, 100],
  [2, 1_000],
  [3, 5_000],
  [4, 15_000],
  [5, undefined],
  [6, undefined],
])('after %d failed deliveries the next comes in %s ms', (deliveries, delayMs) => {
  expect(redeliverAfterMs(deliveries)).toBe(delayMs);
});
