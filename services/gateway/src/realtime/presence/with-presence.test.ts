import { expect, test } from '@jest/globals';
import { Deadline } from '@natter/bus';
import type { EphemeralEvent, LiveEvents, StreamClient } from '../live-events.ts';
import { withPresence } from './with-presence.ts';

const caller = { id: 'alice', username: 'alice' };
const context = { requestId: 'test', deadline: Deadline.in(60_000), address: undefined };
const event: EphemeralEvent = { type: 'presence', json: '{}' };

/** One stream, and what came of it. */
async function open({ endsAtOnce = false } = {}) {
  const happened: string[] = [];
  const client: StreamClient = {
    entry: () => happened.push('entry'),
    ephemeral: ({ type }) => happened.push(type),
    reset: () => happened.push('reset'),
    drained: async () => void happened.push('drained'),
    end: (reason) => happened.push(reason),
  };
  let inner: StreamClient | undefined;
  let greet: ((greeting: EphemeralEvent) => void) | undefined;
  const live: LiveEvents = {
    open: async (request) => {
      inner = request.client;
      if (endsAtOnce) inner.end('restarting');
      return { cursor: 'cursor', close: () => happened.push('closed') };
    },
  };
  const presence = {
    connected: (_caller: unknown, tell: (greeting: EphemeralEvent) => void) => {
      happened.push('there');
      greet = tell;
      return () => happened.push('gone');
    },
  };
  const request = { caller, client, position: undefined, transport: 'events' as const, context };
  const stream = await withPresence(live, presence).open(request);
  return { stream, happened, inner: inner as StreamClient, greet: () => greet?.(event) };
}

test('a user is there from the opening of a stream to its end by the client, and is told of others meanwhile', async () => {
  const { stream, happened, greet } = await open();
  greet();
  expect(stream.cursor).toBe('cursor');
  stream.close('closed');
  greet();
  expect(happened).toEqual(['there', 'presence', 'gone', 'closed']);
});

test('a user is there no more when the stream is ended for them', async () => {
  const { inner, happened, greet } = await open();
  inner.end('session_ended');
  greet();
  expect(happened).toEqual(['there', 'gone', 'session_ended']);
});

test('a user is not there by a stream that ended while it was opened', async () => {
  expect((await open({ endsAtOnce: true })).happened).toEqual(['restarting']);
});

test('all that comes is handed on', async () => {
  const { inner, happened } = await open();
  inner.entry({} as never, () => '');
  inner.ephemeral(event);
  inner.reset('cursor');
  await inner.drained();
  expect(happened).toEqual(['there', 'entry', 'presence', 'reset', 'drained']);
});
