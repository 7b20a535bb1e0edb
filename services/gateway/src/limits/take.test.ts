import { expect, test } from '@jest/globals';
import { type Taking, take } from './take.ts';

const quota = { burst: 120, perSecond: 10 };

/** Takes as often as that, all at one moment. */
function takeOften(times: number, now: number, wholeAt?: number, of = quota): Taking {
  let last = take(of, wholeAt, now);
  for (let taken = 1; taken < times; taken += 1) last = take(of, last.wholeAt, now);
  return last;
}

test('one of a whole quota leaves the others', () => {
  expect(take(quota, undefined, 5)).toMatchObject({ allowed: true, left: 119, wholeInSeconds: 1 });
});

test('the last of a burst is allowed, one more is not, and says when there is one', () => {
  expect(takeOften(120, 5)).toMatchObject({ allowed: true, left: 0, wholeInSeconds: 12 });
  expect(takeOften(121, 5)).toMatchObject({ allowed: false, left: 0, nextInSeconds: 1 });
});

test('what is refused costs nothing', () => {
  const { wholeAt } = takeOften(200, 0);
  expect(wholeAt).toBe(12_000);
  expect(take(quota, wholeAt, 99).allowed).toBe(false);
  expect(take(quota, wholeAt, 100).allowed).toBe(true);
});

test('after a time at rest there is a whole burst again, and not more', () => {
  const { wholeAt } = takeOften(120, 0);
  expect(takeOften(120, 60_000, wholeAt).allowed).toBe(true);
  expect(takeOften(121, 60_000, wholeAt).allowed).toBe(false);
});

test('the rate is kept in the long run, at any odd moment', () => {
  let wholeAt: number | undefined;
  let allowed = 0;
  for (let now = 0.3; now < 60_000; now += 7.7) {
    const taking = take(quota, wholeAt, now);
    wholeAt = taking.wholeAt;
    if (taking.allowed) allowed += 1;
  }
  expect(allowed).toBe(120 + 599);
});

test('a rate that is no whole number of milliseconds gives the whole burst, also at today’s date', () => {
  const thirds = { burst: 30, perSecond: 3 };
  const now = Date.UTC(2026, 10, 25);
  expect(takeOften(30, now, undefined, thirds).allowed).toBe(true);
  expect(takeOften(31, now, undefined, thirds).allowed).toBe(false);
});

test('where one takes minutes, it is said how many seconds', () => {
  const slow = { burst: 1, perSecond: 1 / 60 };
  expect(takeOften(2, 0, undefined, slow)).toMatchObject({ allowed: false, nextInSeconds: 60 });
});
