import type { ServerResponse } from 'node:http';
import { expect, it } from '@jest/globals';
import type { Entry } from '@natter/contracts';
import type { Cursors } from '../../realtime/cursors.ts';
import type { StreamClient, StreamRequest } from '../../realtime/live-events.ts';
import type { StreamReply } from '../define-route.ts';
import { getEventsRoute } from './get-events.ts';

/** Opens a stream, which is told something before it is known to be good. @returns why it was closed, and what was answered. */
async function openTelling(tell: (client: StreamClient) => void) {
  let closed: string | undefined;
  const open = async ({ client }: StreamRequest) => {
    tell(client);
    return { cursor: 'c', close: (reason: string) => void (closed ??= reason) };
  };
  const route = getEventsRoute({ open }, {} as Cursors);
  const input = { caller: { id: 'a' }, params: {}, query: {}, headers: {}, context: {} };
  const { stream } = (await route.handle(input as never)) as { stream?: StreamReply };
  const { promise: answered, resolve } = Promise.withResolvers<string>();
  stream?.begin({ end: (text = '') => resolve(text) } as unknown as ServerResponse);
  return { answer: await answered, closed };
}

it('closes a stream whose client was told more than may wait for it, before there was anybody to be told', async () => {
  const live = { entry: { type: 'message.sent' } as Entry, json: '{}' };
  const { closed } = await openTelling((client) => {
    for (let n = 0; n < 600; n += 1) client.entry(live, () => 'c');
  });
  expect(closed).toBe('slow');
});

it('says why a stream ended before there was anybody to be told', async () => {
  const { answer } = await openTelling((client) => client.end('unavailable'));
  expect(answer).toBe(': unavailable\n\n');
});
