import { expect, test } from '@jest/globals';
import { serverOptions } from './server-options.ts';

test.each([
  ['nats://127.0.0.1:4222', { servers: ['127.0.0.1:4222'] }],
  ['localhost:4222', { servers: ['localhost:4222'] }],
  ['nats://[::1]:4222', { servers: ['[::1]:4222'] }],
  ['nats://a, nats://b:5', { servers: ['a', 'b:5'] }],
  ['nats://u:p%40%2F@a:1,nats://b:2', { servers: ['a:1', 'b:2'], user: 'u', pass: 'p@/' }],
  ['nats://secret@a:1', { servers: ['a:1'], token: 'secret' }],
  ['tls://a:1', { servers: ['a:1'], tls: {} }],
])('%s', (url, options) => {
  expect(serverOptions(url)).toEqual(options);
});

test.each(['', 'nats://', 'nats://a,'])('%j is not a URL', (url) => {
  expect(() => serverOptions(url)).toThrow(TypeError);
});
