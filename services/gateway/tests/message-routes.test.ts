import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { implement } from '@natter/bus';
import {
  addReaction,
  deleteMessage,
  editMessage,
  getMessage,
  NatterError,
  removeReaction,
  searchMessages,
} from '@natter/contracts';
import type { Client } from './_client.ts';
import { conversationId, createMessage } from './_messages.ts';
import { alice, Stack } from './_stack.ts';

const message = '/api/v1/conversations/bob/messages/7';
const reaction = `${message}/reactions/${encodeURIComponent('👍🏽')}`;
const seventh = { callerId: alice.id, conversation: { with: 'bob' }, seq: 7 };

describe('the routes of messages', () => {
  const asked: unknown[] = [];
  let stack: Stack;
  let gateway: Client;

  /** An operation's handler that answers with a message of rev 8, and remembers what it was asked. */
  const answering = (operation: typeof getMessage | typeof editMessage | typeof addReaction) =>
    implement(operation as typeof getMessage, async (request) => {
      asked.push(request);
      if (request.seq === 99) throw new NatterError('message_not_found');
      const { ifRev } = request as { ifRev?: number[] };
      if (ifRev && !ifRev.includes(8)) throw new NatterError('precondition_failed');
      return createMessage();
    });

  beforeAll(async () => {
    stack = await Stack.create();
    await stack.serveAlice();
    await stack.serve(
      'messaging',
      ...[getMessage, editMessage, addReaction, removeReaction].map(answering),
      implement(deleteMessage, async (request) => {
        asked.push(request);
        return {};
      }),
      implement(searchMessages, async (request) => {
        asked.push(request);
        if (request.cursor === 'foreign') throw new NatterError('cursor_invalid');
        return { messages: [createMessage()], next: 'further', behind: 3 };
      }),
    );
    gateway = await stack.startGateway();
  });
  afterAll(() => stack.close());

  test.each<[string, string, unknown, object]>([
    ['GET', message, undefined, {}],
    ['PATCH', message, { content: 'hi' }, { content: 'hi' }],
    ['PUT', reaction, undefined, { emoji: '👍🏽' }],
    ['DELETE', reaction, undefined, { emoji: '👍🏽' }],
  ])('by %s %s answer with the message and its ETag', async (method, path, body, expected) => {
    const answer = await gateway.ask(method, path, { body });
    expect([answer.status, answer.json]).toEqual([200, createMessage()]);
    expect(answer.headers.get('ETag')).toBe('"8"');
    expect(asked.at(-1)).toEqual({ ...seventh, ...expected });
  });

  it('delete a message and say no more', async () => {
    const answer = await gateway.delete(`/api/conversations/${conversationId}/messages/7/`);
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(answer.headers.get('Content-Type')).toBeNull();
    expect(asked.at(-1)).toEqual({ ...seventh, conversation: { id: conversationId } });
  });

  test.each<[string, number[] | undefined]>([
    ['*', undefined],
    ['"8"', [8]],
    ['"7", "8"', [7, 8]],
    ['W/"7",\t"8"', [8]],
    ['"other", "08", "8,", "8"', [8]],
  ])('edit under If-Match %s', async (tags, ifRev) => {
    const answer = await gateway.patch(message, { content: 'hi' }, { headers: { 'If-Match': tags } });
    expect(answer.status).toBe(200);
    expect(asked.at(-1)).toEqual({ ...seventh, content: 'hi', ...(ifRev && { ifRev }) });
  });

  test.each(['"7"', 'W/"8"', '"8a"', '""', '"99999999999999999999"'])(
    'answer 412 under If-Match %s',
    async (tags) => {
      const answer = await gateway.patch(message, { content: 'hi' }, { headers: { 'If-Match': tags } });
      expect([answer.status, answer.json['code']]).toEqual([412, 'precondition_failed']);
    },
  );

  test.each(['8', '"8', '"8" "9"', '*, "8"', 'w/"8"', Array.from({ length: 51 }, () => '"8"').join(', ')])(
    'refuse the If-Match %s',
    async (tags) => {
      const answer = await gateway.patch(message, { content: 'hi' }, { headers: { 'If-Match': tags } });
      expect(answer.status).toBe(400);
      expect(answer.json['errors']).toEqual([{ pointer: 'If-Match', message: expect.any(String) }]);
    },
  );

  test.each([
    ['"8"', 304],
    ['"7"', 200],
  ])('show a message that is at hand as %s with %i', async (tag, status) => {
    const headers = { 'If-None-Match': tag, 'Cache-Control': 'max-age=0' };
    const answer = await gateway.get(message, { headers });
    expect([answer.status, answer.headers.get('ETag')]).toEqual([status, '"8"']);
  });

  test.each(['0', '-1', '1.5', '01', '7a', 'x', '9007199254740992', '%00', '99'])(
    'find no message at seq %s',
    async (seq) => {
      const headers = { 'X-Request-Id': 'the-same' };
      const [odd, absent] = [
        await gateway.get(message.replace(/7$/, seq), { headers }),
        await gateway.get(message.replace(/7$/, '99'), { headers }),
      ];
      expect([odd.status, odd.json['code']]).toEqual([404, 'message_not_found']);
      expect(odd.text).toBe(absent.text);
    },
  );

  test.each(['👍👍', '👍a', 'a', '1', ' ', '👍🏽🏽', '❤', '\u200d'])(
    'refuse the emoji "%s"',
    async (emoji) => {
      const count = asked.length;
      for (const method of ['PUT', 'DELETE']) {
        const answer = await gateway.ask(method, `${message}/reactions/${encodeURIComponent(emoji)}`);
        expect(answer.status).toBe(400);
        expect(answer.json['errors']).toEqual([{ pointer: 'emoji', message: 'Must be one emoji' }]);
      }
      expect(asked).toHaveLength(count);
    },
  );

  test.each<[string, object]>([
    ['/search?q=hel', {}],
    ['/search/?q=hel&limit=999&cursor=c', { limit: 200, cursor: 'c' }],
    ['/conversations/bob/messages/search?q=hel', { conversation: { with: 'bob' } }],
    [
      `/conversations/${conversationId}/messages/search?q=hel&limit=1`,
      { conversation: { id: conversationId }, limit: 1 },
    ],
  ])('search at %s', async (path, expected) => {
    const answer = await gateway.get(`/api/v1${path}`);
    const request = { callerId: alice.id, q: 'hel', limit: 50, ...expected };
    expect(asked.at(-1)).toEqual(request);
    const page = { next: 'further', limit: request.limit, behind: 3 };
    expect([answer.status, answer.json]).toEqual([200, { data: [createMessage()], page }]);
  });

  it('say when the cursor of a search is foreign', async () => {
    const answer = await gateway.get('/api/search?q=a&cursor=foreign');
    expect([answer.status, answer.json['code']]).toEqual([400, 'cursor_invalid']);
  });
});
