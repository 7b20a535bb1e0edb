import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { implement } from '@natter/bus';
import { setMember } from '@natter/contracts';
import type { Client } from './_client.ts';
import { conversationId } from './_messages.ts';
import { alice, Stack } from './_stack.ts';

const all = '/api/v1/conversations';
const group = `${all}/${conversationId}`;
const message = `${group}/messages/7`;
const bob = `${group}/members/bob`;

/** Who answers would be the users service; messaging, but for `setMember`, isn't there: nothing here may get that far. */
describe('bad input about groups', () => {
  let stack: Stack;
  let gateway: Client;

  beforeAll(async () => {
    stack = await Stack.create();
    await stack.serveAlice();
    const member = { id: alice.id, username: 'bob', role: 'member' as const, readSeq: 0 };
    await stack.serve(
      'messaging',
      implement(setMember, async () => ({ member, added: true })),
    );
    gateway = await stack.startGateway({ MESSAGE_MAX_CHARACTERS: '20' });
  });
  afterAll(() => stack.close());

  test.each<[string, string, string, unknown, string]>([
    ['no title', 'POST', all, { members: [] }, '/title'],
    ['no members', 'POST', all, { title: 'a' }, '/members'],
    ['an empty title', 'POST', all, { title: '', members: [] }, '/title'],
    ['a blank title', 'POST', all, { title: ' \u200b', members: [] }, '/title'],
    ['a title too long', 'POST', all, { title: '😀'.repeat(101), members: [] }, '/title'],
    ['a title that turns the text after it', 'POST', all, { title: 'a\u202e', members: [] }, '/title'],
    ['a member that is no name', 'POST', all, { title: 'a', members: ['bob', 'b b'] }, '/members/1'],
    ['too many members', 'POST', all, { title: 'a', members: Array(1_001).fill('b') }, '/members'],
    ['an unknown field', 'POST', all, { title: 'a', members: [], colour: 1 }, '/colour'],
    ['a new title too long', 'PATCH', group, { title: 'x'.repeat(101) }, '/title'],
    ['a new title that is none', 'PATCH', group, { title: null }, '/title'],
    ['a change of more than the title', 'PATCH', group, { title: 'a', kind: 'direct' }, '/kind'],
    ['an edit without content', 'PATCH', message, {}, '/content'],
    ['an edit to a blank', 'PATCH', message, { content: ' ' }, '/content'],
    ['an edit that is too long', 'PATCH', message, { content: 'x'.repeat(21) }, '/content'],
    ['an edit with a key', 'PATCH', message, { content: 'a', clientMessageId: 'k' }, '/clientMessageId'],
    ['an unknown role', 'PUT', bob, { role: 'king' }, '/role'],
    ['a role of the wrong type', 'PUT', bob, { role: ['owner'] }, '/role'],
    ['a member with another field', 'PUT', bob, { role: 'owner', seq: 1 }, '/seq'],
    ['null for a body', 'PUT', bob, 'null', ''],
    ['no read marker', 'PUT', `${group}/read`, {}, '/seq'],
    ['a read marker below 0', 'PUT', `${group}/read`, { seq: -1 }, '/seq'],
    ['half a read marker', 'PUT', `${group}/read`, { seq: 1.5 }, '/seq'],
    ['a read marker in words', 'PUT', `${group}/read`, { seq: '1' }, '/seq'],
  ])('in a body, %s, is 400 and named', async (_what, method, path, body, pointer) => {
    const answer = await gateway.ask(method, path, { body });
    expect([answer.status, answer.json['code']]).toEqual([400, 'validation_failed']);
    expect(answer.json['errors']).toContainEqual({ pointer, message: expect.any(String) });
  });

  test.each([
    [`${group}/log?after=-1`, 'after'],
    [`${group}/log?after=x`, 'after'],
    [`${group}/log?limit=0`, 'limit'],
    [`${group}/members?limit=0`, 'limit'],
    [`${all}?cursor=${'x'.repeat(513)}`, 'cursor'],
    [`${all}?cursor=a&cursor=b`, 'cursor'],
    ['/api/v1/search', 'q'],
    ['/api/v1/search?q=', 'q'],
    [`${group}/messages/search?q=${'x'.repeat(257)}`, 'q'],
    ['/api/v1/blocks?limit=x', 'limit'],
  ])('in the query of %s is 400 and named', async (path, pointer) => {
    const answer = await gateway.get(path);
    expect([answer.status, answer.json['code']]).toEqual([400, 'validation_failed']);
    expect(answer.json['errors']).toEqual([{ pointer, message: expect.any(String) }]);
  });

  test.each([
    ['PUT', `${group}/members/b%20b`],
    ['PUT', `${group}/members/${alice.id}`],
    ['DELETE', `${group}/members/12`],
    ['PUT', '/api/v1/blocks/b%2fb'],
    ['DELETE', `/api/v1/blocks/${'b'.repeat(33)}`],
  ])('in the path, %s %s, is a user whom nobody knows', async (method, path) => {
    const answer = await gateway.ask(method, path);
    expect([answer.status, answer.json['code']]).toEqual([404, 'user_not_found']);
  });

  test.each<[string, string | undefined, string, number]>([
    ['nothing', undefined, '', 201],
    ['an empty text', '', 'text/plain', 201],
    ['an empty object', '{}', 'application/json', 201],
    ['another type', '{}', 'text/plain', 415],
    ['half a JSON', '{', 'application/json', 400],
  ])('that need not be there may be %s', async (_what, body, type, status) => {
    const answer = await gateway.put(bob, body, { headers: { 'Content-Type': type } });
    expect(answer.status).toBe(status);
  });

  it('has to be there where it is asked for', async () => {
    expect((await gateway.put(`${group}/read`)).status).toBe(415);
    expect((await gateway.patch(group, '')).json['code']).toBe('malformed_json');
  });
});
