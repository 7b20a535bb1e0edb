import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { implement } from '@natter/bus';
import { getConversation, listMessages, NatterError, sendMessage, sendTyping } from '@natter/contracts';
import type { Client } from './_client.ts';
import { conversationId, createConversation, createMessage } from './_messages.ts';
import { alice, basic, password, Stack } from './_stack.ts';

const key = 'a-key-of-16-chars';
/** What messaging is told of whoever sends. */
const caller = { callerId: alice.id, callerUsername: 'alice' };

describe('the routes of conversations', () => {
  const asked: unknown[] = [];
  let stack: Stack;
  let gateway: Client;

  beforeAll(async () => {
    stack = await Stack.create();
    await stack.serveAlice();
    await stack.serve(
      'messaging',
      implement(sendMessage, async (request) => {
        asked.push(request);
        if (request.content === 'reused') throw new NatterError('idempotency_key_reused');
        if (request.replyTo === 99) {
          throw new NatterError('validation_failed', {
            faults: [{ pointer: '/replyTo', message: 'No such seq' }],
          });
        }
        return {
          message: createMessage({ content: request.content }),
          replayed: request.content === 'again',
        };
      }),
      implement(getConversation, async (request) => {
        asked.push(request);
        return createConversation();
      }),
      implement(sendTyping, async (request) => {
        asked.push(request);
        return {};
      }),
      implement(listMessages, async (request) => {
        asked.push(request);
        return createConversation().messages;
      }),
    );
    gateway = await stack.startGateway();
  });
  afterAll(() => stack.close());

  test.each([
    '/api/conversations/bob/',
    '/api/conversations/bob',
    '/api/v1/conversations/Bob/messages',
    '/api/conversations/bob/messages/',
  ])('send by POST %s', async (path) => {
    const answer = await gateway.post(path, { content: 'hello' });
    expect([answer.status, answer.json]).toEqual([201, createMessage()]);
    expect(answer.headers.get('Location')).toBe(`/api/v1/conversations/${conversationId}/messages/7`);
    expect(answer.headers.get('Idempotent-Replayed')).toBeNull();
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    expect(asked.at(-1)).toEqual({ ...caller, conversation: { with: 'bob' }, content: 'hello' });
  });

  it('send with HTTP Basic', async () => {
    const authorization = basic(`alice:${password}`);
    const answer = await gateway.post('/api/conversations/bob/', { content: 'hello' }, { authorization });
    expect(answer.status).toBe(201);
    expect(asked.at(-1)).toMatchObject(caller);
  });

  it('send to a conversation by its id, in answer to a message', async () => {
    await gateway.post(`/api/conversations/${conversationId}/messages`, { content: ' ü😀\n', replyTo: 3 });
    expect(asked.at(-1)).toEqual({
      ...caller,
      conversation: { id: conversationId },
      content: ' ü😀\n',
      replyTo: 3,
    });
  });

  test.each([
    ['the header', { headers: { 'Idempotency-Key': key } }, {}],
    ['the header, in quotes', { headers: { 'Idempotency-Key': `"${key}"` } }, {}],
    ['the body', {}, { clientMessageId: key }],
    ['both', { headers: { 'Idempotency-Key': key } }, { clientMessageId: key }],
  ])('hand on the key in %s', async (_where, ask, body) => {
    await gateway.post('/api/conversations/bob', { content: 'hello', ...body }, ask);
    expect(asked.at(-1)).toMatchObject({ clientMessageId: key });
  });

  it('say when a send is a repeat', async () => {
    const answer = await gateway.post('/api/conversations/bob', { content: 'again' });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('Idempotent-Replayed')).toBe('true');
  });

  it('say when a key was used for something else', async () => {
    const answer = await gateway.post('/api/conversations/bob', { content: 'reused' });
    expect([answer.status, answer.json['code']]).toEqual([422, 'idempotency_key_reused']);
  });

  it('hand on what messaging finds wrong', async () => {
    const answer = await gateway.post('/api/conversations/bob', { content: 'hello', replyTo: 99 });
    expect(answer.json).toMatchObject({
      code: 'validation_failed',
      errors: [{ pointer: '/replyTo', message: 'No such seq' }],
    });
  });

  it('say that somebody is writing', async () => {
    const answer = await gateway.ask('POST', '/api/conversations/bob/typing');
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(asked.at(-1)).toEqual({ ...caller, conversation: { with: 'bob' } });
  });

  it('show a conversation', async () => {
    const answer = await gateway.get('/api/conversations/bob/');
    expect([answer.status, answer.json]).toEqual([200, createConversation()]);
    expect(asked.at(-1)).toEqual({ callerId: alice.id, conversation: { with: 'bob' }, limit: 50 });
  });

  test.each([
    ['', {}],
    ['?before=9', { position: { before: 9 } }],
    ['?after=0&limit=1', { position: { after: 0 }, limit: 1 }],
    ['?around=5&limit=1000', { position: { around: 5 }, limit: 200 }],
  ])('show the page of messages that "%s" asks for', async (query, expected) => {
    const answer = await gateway.get(`/api/conversations/${conversationId}/messages${query}`);
    expect([answer.status, answer.json]).toEqual([200, createConversation().messages]);
    expect(asked.at(-1)).toEqual({
      callerId: alice.id,
      conversation: { id: conversationId },
      limit: 50,
      ...expected,
    });
  });
});
