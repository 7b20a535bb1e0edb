import { expect, test } from '@jest/globals';
import { Deadline } from './deadline.ts';

test('a deadline ahead has time left, and not more than it was given', () => {
  const deadline = Deadline.in(1_000);
  expect(deadline.remainingMs()).toBeGreaterThan(900);
  expect(deadline.remainingMs()).toBeLessThanOrEqual(1_000);
  expect(deadline.expired).toBe(false);
});

test.each([0, -5])('a deadline in %d ms is over and has nothing left', (ms) => {
  const deadline = Deadline.in(ms);
  expect(deadline.remainingMs()).toBe(0);
  expect(deadline.expired).toBe(true);
});
