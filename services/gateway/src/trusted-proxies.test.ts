import { describe, expect, it, test } from '@jest/globals';
import { trustedProxiesSetting } from './trusted-proxies.ts';

describe('the setting of trusted proxies', () => {
  it('is none by default', () => {
    expect(trustedProxiesSetting.parse(undefined)).toEqual([]);
  });

  it('is a list of addresses and networks', () => {
    const ranges = ['10.0.0.7', '10.1.0.0/16', '::1', 'fd00::/8', '0.0.0.0/0'];
    expect(trustedProxiesSetting.parse(ranges.join(', '))).toEqual(ranges);
  });

  test.each([
    'true',
    '1',
    'loopback',
    'proxy.example.com',
    '10.0.0.0/33',
    '::/129',
    '10.0.0.0/8/8',
    '10.0.0.0/',
    '10.0.0',
  ])('does not take %s', (text) => {
    expect(trustedProxiesSetting.safeParse(`10.0.0.7,${text}`).success).toBe(false);
  });
});
