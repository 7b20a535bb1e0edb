import { expect, test } from '@jest/globals';
import { TypingThrottle } from './typing-throttle.ts';

function throttle() {
  let now = 1_000;
  const clock = { now: () => now };
  return { typing: new TypingThrottle(clock), pass: (ms: number) => (now += ms) };
}

test('of what somebody does all the time, one in three seconds passes', () => {
  const { typing, pass } = throttle();
  const passed: boolean[] = [];
  for (let second = 0; second < 8; second += 1) {
    passed.push(typing.passes('alice', 'here'));
    pass(1_000);
  }
  expect(passed).toEqual([true, false, false, false, true, false, false, false]);
});

test('everybody has their own, and one for each conversation', () => {
  const { typing } = throttle();
  expect(typing.passes('alice', 'here')).toBe(true);
  expect(typing.passes('bob', 'here')).toBe(true);
  expect(typing.passes('alice', 'there')).toBe(true);
  expect(typing.passes('alice', 'here')).toBe(false);
});
