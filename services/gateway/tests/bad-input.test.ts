import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { implement } from '@natter/bus';
import { sendMessage } from '@natter/contracts';
import type { Ask, Client } from './_client.ts';
import { conversationId, createMessage } from './_messages.ts';
import { Stack } from './_stack.ts';

const send = '/api/v1/conversations/bob/messages';
const key = 'a-key-of-16-chars';
const as = (type: string): Ask => ({ headers: { 'Content-Type': type } });
const keyed = (value: string): Ask => ({ headers: { 'Idempotency-Key': value } });
const bytes = (...values: number[]) => new Uint8Array(values);

describe('bad input', () => {
  let sent = 0;
  let stack: Stack;
  let gateway: Client;

  /** What the OpenAPI document says about sends that come to this status. */
  async function documentedCodes(status: number): Promise<string[]> {
    const { paths } = JSON.parse((await gateway.get('/openapi.json')).text);
    const responses = paths['/api/v1/conversations/{conversation}/messages'].post.responses;
    return Object.keys(responses[status].content['application/problem+json'].examples);
  }

  beforeAll(async () => {
    stack = await Stack.create();
    await stack.serveAlice();
    await stack.serve(
      'messaging',
      implement(sendMessage, async () => {
        sent += 1;
        return { message: createMessage(), replayed: false };
      }),
    );
    gateway = await stack.startGateway({ REGISTRATION: 'open', MESSAGE_MAX_CHARACTERS: '20' });
  });
  afterAll(() => stack.close());

  test.each<[string, string, unknown, Ask, string]>([
    ['no content', send, {}, {}, '/content'],
    ['empty content', send, { content: '' }, {}, '/content'],
    ['blank content', send, { content: ' \n\u200b' }, {}, '/content'],
    ['content too long', send, { content: 'x'.repeat(21) }, {}, '/content'],
    ['ill-formed content', send, '{"content":"\\ud800"}', {}, '/content'],
    ['content with a NUL', send, '{"content":"a\\u0000"}', {}, '/content'],
    ['content of the wrong type', send, { content: 1 }, {}, '/content'],
    ['an object for content', send, { content: { $ne: null } }, {}, '/content'],
    ['an unknown field', send, { content: 'a', colour: 'red' }, {}, '/colour'],
    ['a field that would be a prototype', send, '{"content":"a","__proto__":{}}', {}, '/__proto__'],
    ['a reply to nothing', send, { content: 'a', replyTo: 0 }, {}, '/replyTo'],
    ['a reply to a name', send, { content: 'a', replyTo: '1' }, {}, '/replyTo'],
    ['a short key in the body', send, { content: 'a', clientMessageId: 'k' }, {}, '/clientMessageId'],
    ['a short key in the header', send, { content: 'a' }, keyed('k'), 'Idempotency-Key'],
    ['two keys', send, { content: 'a', clientMessageId: `${key}2` }, keyed(key), '/clientMessageId'],
    ['a list', send, [], {}, ''],
    ['a lone string', send, '"hello"', {}, ''],
    ['null', send, 'null', {}, ''],
    ['an impossible name', '/api/v1/users', { username: '1', password: 'long enough' }, {}, '/username'],
    ['a reserved name', '/api/v1/users', { username: 'Admin', password: 'long enough' }, {}, '/username'],
    ['a short password', '/api/v1/users', { username: 'dora', password: 'short' }, {}, '/password'],
    ['no credentials', '/api/v1/sessions', {}, {}, '/username'],
  ])('in a body, %s, is 400 and named', async (_what, path, body, ask, pointer) => {
    const answer = await gateway.post(path, body, ask);
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ code: 'validation_failed', errors: expect.any(Array) });
    expect(answer.json['errors']).toContainEqual({ pointer, message: expect.any(String) });
  });

  test.each<[string, string, string]>([
    ['a repeated parameter', '/api/v1/users?q=a&q=b', 'q'],
    ['a repeated parameter that means nothing', '/api/v1/users?x=a&x=b', 'x'],
    ['a parameter in brackets', '/api/v1/users?q[$ne]=', 'q[$ne]'],
    ['a parameter in brackets where none is taken', '/api/v1/server?a[]=1', 'a[]'],
    ['a limit of nothing', '/api/v1/users?limit=0', 'limit'],
    ['a limit that is a word', '/api/v1/conversations/bob?limit=all', 'limit'],
    ['two positions', `${send}?before=1&after=2`, 'after'],
    ['a position that is a word', `${send}?around=here`, 'around'],
    ['a search too long', `/api/v1/users?q=${'x'.repeat(65)}`, 'q'],
    ['a search for too many emoji', `/api/v1/users?q=${'%F0%9F%98%80'.repeat(65)}`, 'q'],
    ['a path that is not encoded well', '/api/v1/users/%zz', ''],
    ['a path that is no UTF-8', '/api/v1/users/%ff', ''],
    ['an unknown path that is not encoded well', '/nowhere/%c3', ''],
  ])('in a URL, %s, is 400 and named', async (_what, path, pointer) => {
    const answer = await gateway.get(path);
    expect([answer.status, answer.json['code']]).toEqual([400, 'validation_failed']);
    expect(answer.json['errors']).toEqual([{ pointer, message: expect.any(String) }]);
  });

  test.each<[number, string, string, unknown, Ask]>([
    [400, 'malformed_json', 'half a JSON', '{"content":', {}],
    [400, 'malformed_json', 'nothing at all', '', {}],
    [400, 'malformed_json', 'bytes that are no UTF-8', bytes(0x22, 0xff, 0x22), {}],
    [400, 'malformed_json', 'a number too many', '{"content":"a"}1', {}],
    [415, 'unsupported_media_type', 'plain text', '{"content":"a"}', as('text/plain')],
    [415, 'unsupported_media_type', 'a form', 'content=a', as('application/x-www-form-urlencoded')],
    [
      415,
      'unsupported_media_type',
      'another charset',
      '{"content":"a"}',
      as('application/json; charset=latin1'),
    ],
    [415, 'unsupported_media_type', 'another JSON', '{"content":"a"}', as('application/merge-patch+json')],
    [415, 'unsupported_media_type', 'a type that is none', '{"content":"a"}', as('json')],
    [
      415,
      'unsupported_media_type',
      'a packed body',
      bytes(0x1f, 0x8b),
      { headers: { 'Content-Encoding': 'gzip' } },
    ],
    [413, 'content_too_large', '65 KiB', JSON.stringify({ content: 'x'.repeat(65 * 1024) }), {}],
    [413, 'content_too_large', '5 MiB', new Uint8Array(5 * 1024 * 1024), {}],
  ])('is %i %s for %s', async (status, code, _what, body, ask) => {
    const answer = await gateway.post(send, body, ask);
    expect([answer.status, answer.json['code']]).toEqual([status, code]);
    expect(await documentedCodes(status)).toContain(code);
  });

  test.each([
    ['application/json', '{"content":"a"}'],
    ['application/json; charset=utf-8', '{"content":"a"}'],
    ['Application/JSON;charset="UTF-8"', '{"content":"a"}'],
    ['application/json', `{"content":"a"${' '.repeat(64 * 1024 - 15)}}`],
  ])('is not what %s is', async (type, body) => {
    expect((await gateway.post(send, body, as(type))).status).toBe(201);
  });

  test.each([
    ['/api/v1/conversations/no%20one/messages', 'user_not_found'],
    ['/api/v1/conversations/a%2fb/messages', 'user_not_found'],
    ['/api/v1/conversations/bob%00/messages', 'user_not_found'],
    [`/api/v1/conversations/${conversationId.toUpperCase()}/messages`, 'conversation_not_found'],
  ])('leads nowhere at %s', async (path, code) => {
    const answer = await gateway.post(path, { content: 'a' });
    expect([answer.status, answer.json['code']]).toEqual([404, code]);
    expect(await documentedCodes(404)).toContain(code);
  });

  it('never reaches the other services', async () => {
    const before = sent;
    await gateway.post(send, { content: '' });
    await gateway.post(send, '{', {});
    expect(sent).toBe(before);
  });
});
