import { expect, test } from '@jest/globals';
import { literalAddressOf, parseWebhookUrl } from './webhook-url.ts';

test.each(['https://example.com/hook?to=1', 'http://127.0.0.1:8080', 'https://[::1]/'])(
  '%s is a URL for a webhook',
  (text) => {
    expect(parseWebhookUrl(text).href).toContain(text);
  },
);

test.each([
  ['', 'http://'],
  ['example.com/hook', 'http://'],
  ['ftp://example.com', 'http://'],
  ['file:///etc/passwd', 'http://'],
  ['https://user@example.com', 'no credentials'],
  ['https://:secret@example.com', 'no credentials'],
  ['https://example.com/#there', 'no fragment'],
])('%s is none: %s', (text, why) => {
  expect(() => parseWebhookUrl(text)).toThrow(why);
});

test.each([
  ['http://127.0.0.1/', '127.0.0.1'],
  ['http://0x7f000001/', '127.0.0.1'],
  ['http://[::1]:80/', '::1'],
  ['http://localhost/', undefined],
])('the address in %s is %s', (text, expected) => {
  expect(literalAddressOf(new URL(text))).toBe(expected);
});
