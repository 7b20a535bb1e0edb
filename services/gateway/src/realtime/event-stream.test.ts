import type { ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { EventStream } from './event-stream.ts';
import { Flushes } from './flushes.ts';

/** What is written to a client that reads all of it. */
class Response extends Writable {
  readonly req = { method: 'GET' };
  text = '';

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }

  flushHeaders(): void {}
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] }));
afterEach(() => void jest.useRealTimers());

it('says when to come back, gives a sign of life every 15 s, and none once it has ended', async () => {
  const response = new Response();
  const stream = new EventStream(new Flushes(), () => undefined);
  stream.begin(response as unknown as ServerResponse);
  await turn();
  const [, retryMs] = /^retry: (\d+)\n\n$/.exec(response.text) ?? [];
  expect(Number(retryMs)).toBeGreaterThanOrEqual(1_000);
  expect(Number(retryMs)).toBeLessThanOrEqual(3_000);
  response.text = '';
  jest.advanceTimersByTime(45_000);
  expect(response.text).toBe(':\n\n:\n\n:\n\n');
  stream.end('restarting');
  jest.advanceTimersByTime(45_000);
  expect(response.text).toBe(':\n\n:\n\n:\n\n: restarting\n\n');
});
