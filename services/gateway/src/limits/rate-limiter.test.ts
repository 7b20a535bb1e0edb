import { expect, test } from '@jest/globals';
import { RateLimiter } from './rate-limiter.ts';

function setUp({ max = 10 } = {}) {
  const clock = { time: 0, now: () => clock.time };
  const limiter = new RateLimiter({ burst: 2, perSecond: 1 }, clock, max);
  return { clock, takes: (key: string) => limiter.take(key).allowed };
}

test('each key has a quota of its own', () => {
  const { takes } = setUp();
  expect([takes('a'), takes('a'), takes('a'), takes('b')]).toEqual([true, true, false, true]);
});

test('time gives back what was used', () => {
  const { takes, clock } = setUp();
  expect([takes('a'), takes('a'), takes('a')]).toEqual([true, true, false]);
  clock.time += 1_000;
  expect([takes('a'), takes('a')]).toEqual([true, false]);
});

test('a flood of new keys pushes out only who has not come since', () => {
  const { takes } = setUp({ max: 10 });
  takes('faithful');
  takes('faithful');
  for (let stranger = 0; stranger < 1_000; stranger += 1) {
    takes(`stranger ${stranger}`);
    expect(takes('faithful')).toBe(false);
  }
  for (let stranger = 0; stranger < 10; stranger += 1) takes(`another ${stranger}`);
  expect(takes('faithful')).toBe(true);
});
