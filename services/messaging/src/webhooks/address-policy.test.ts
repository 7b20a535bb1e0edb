import { describe, expect, it, test } from '@jest/globals';
import { AddressPolicy, ForbiddenAddressError } from './address-policy.ts';
import { parseAllowPrivate, webhookSettings } from './webhook-settings.ts';

const allowing = (text?: string) => parseAllowPrivate(webhookSettings.WEBHOOK_ALLOW_PRIVATE.parse(text));

const policyOf = (text?: string, requireTls = false) =>
  new AddressPolicy({ allowPrivate: allowing(text), requireTls });

/** How the host of a URL reads once it is parsed, which is what is connected to. */
const hostOf = (written: string) => new URL(`http://${written}/`).hostname.replace(/^\[|\]$/g, '');

/** In a URL; the second line has the ways in which IPv4 is written there, the last IPv4 inside of IPv6. */
const notPublic = `
  127.0.0.1 127.255.255.254 0.0.0.0 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1
  0x7f.0.0.1 0177.0.0.1 2130706433 127.1 0xa9fea9fe 0
  100.127.255.255 192.0.0.1 192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.1 192.88.99.1 224.0.0.1 239.255.255.255
  240.0.0.1 255.255.255.255
  [::1] [::] [fe80::1] [fc00::1] [fd12:3456::1] [fec0::1] [ff02::1] [2001:db8::1] [100::1] [2001:2::1] [2001:20::1] [3fff::1]
  [::ffff:127.0.0.1] [::ffff:a9fe:a9fe] [::127.0.0.1] [::ffff:0:127.0.0.1] [64:ff9b::7f00:1] [64:ff9b:1::a00:1]
  [2002:7f00:1::] [2001::1]
`
  .trim()
  .split(/\s+/);

describe('the addresses that webhooks may reach', () => {
  it.each(notPublic)('do not include %s', (written) => {
    expect(() => policyOf().judge(hostOf(written), 'https:')).toThrow(ForbiddenAddressError);
  });

  it.each([
    '8.8.8.8',
    '172.15.255.255',
    '172.32.0.1',
    '100.128.0.1',
    '[2606:4700::1111]',
    '[::ffff:8.8.8.8]',
  ])('include %s', (written) => {
    expect(() => policyOf().judge(hostOf(written), 'http:')).not.toThrow();
  });

  it('include all where the operator allows it', () => {
    for (const written of notPublic) policyOf('on').judge(hostOf(written), 'http:');
  });

  it('include those networks that the operator allows, and no others', () => {
    const policy = policyOf('10.1.0.0/16, 127.0.0.1, fd00::/8');
    for (const address of ['10.1.2.3', '127.0.0.1', '::ffff:10.1.2.3', 'fd00::1'])
      policy.judge(address, 'http:');
    for (const address of ['10.2.0.1', '127.0.0.2', '::1', 'fc00::1', '169.254.169.254']) {
      expect(() => policy.judge(address, 'https:')).toThrow('WEBHOOK_ALLOW_PRIVATE');
    }
  });

  it('are reached in production by https, but for private ones that are allowed', () => {
    const policy = policyOf('10.0.0.0/8', true);
    policy.judge('8.8.8.8', 'https:');
    policy.judge('10.0.0.1', 'http:');
    expect(() => policy.judge('8.8.8.8', 'http:')).toThrow('https alone');
    expect(() => policyOf('on', true).judge('8.8.8.8', 'http:')).toThrow('https alone');
  });
});

test.each(['', 'yes', 'localhost', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0', '127.0.0.1,'])(
  'WEBHOOK_ALLOW_PRIVATE is not "%s"',
  (text) => {
    expect(webhookSettings.WEBHOOK_ALLOW_PRIVATE.safeParse(text).success).toBe(false);
  },
);

test('WEBHOOK_ALLOW_PRIVATE is off where nothing is set', () => {
  expect(allowing()).toBe('off');
});
