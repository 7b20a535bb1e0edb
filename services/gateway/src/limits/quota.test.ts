import { expect, test } from '@jest/globals';
import { parseQuota, windowSeconds } from './quota.ts';

test.each([
  ['120, 10/s', 120, 12],
  ['60,6/min', 60, 600],
  ['300, 30/min', 300, 600],
  ['10, 3/h', 10, 12_000],
])('%s is %d in %d seconds', (text, burst, window) => {
  const quota = parseQuota(text);
  expect([quota.burst, windowSeconds(quota)]).toEqual([burst, window]);
});

test.each(['', '120', '0, 10/s', '120, 0/s', '120, 10/d', '1e3, 1/s', '120, 10/s and more'])(
  '"%s" is no quota',
  (text) => {
    expect(() => parseQuota(text)).toThrow(RangeError);
  },
);
