import { expect, test } from '@jest/globals';
import { httpUrl, isLoopback } from './address.ts';

test.each([
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['::1', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['::', false],
  ['192.168.1.4', false],
  ['chat.example', false],
])('%s is loopback: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});

test.each([
  ['127.0.0.1', 'http://127.0.0.1:8000'],
  ['::1', 'http://[::1]:8000'],
  ['0.0.0.0', 'http://127.0.0.1:8000'],
  ['::', 'http://[::1]:8000'],
  ['chat.example', 'http://chat.example:8000'],
])('a server on %s is reached at %s', (host, url) => {
  expect(httpUrl(host, 8000)).toBe(url);
});
