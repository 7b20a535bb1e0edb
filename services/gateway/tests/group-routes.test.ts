import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { implement } from '@natter/bus';
import {
  blockUser,
  createConversation,
  listBlocks,
  listConversations,
  listMembers,
  markRead,
  NatterError,
  readLog,
  removeMember,
  renameConversation,
  setMember,
  unblockUser,
} from '@natter/contracts';
import type { Client } from './_client.ts';
import { conversationId, createEntry, createGroup, epoch } from './_messages.ts';
import { alice, Stack } from './_stack.ts';

const group = `/api/v1/conversations/${conversationId}`;
const me = { callerId: alice.id };
const inGroup = { ...me, conversation: { id: conversationId } };
const bob = {
  id: '01941f29-7c00-7000-8000-000000000002',
  username: 'bob',
  role: 'member' as const,
  readSeq: null,
};
const key = 'a-key-of-16-chars';

describe('the routes of groups', () => {
  const asked: unknown[] = [];
  let stack: Stack;
  let gateway: Client;

  const remember = <T>(answer: T) => {
    return async (request: unknown): Promise<T> => {
      asked.push(request);
      return answer;
    };
  };

  beforeAll(async () => {
    stack = await Stack.create();
    await stack.serveAlice();
    await stack.serve(
      'messaging',
      implement(listConversations, remember({ conversations: [createGroup()], next: 'further' })),
      implement(createConversation, async (request) => {
        asked.push(request);
        if (request.title === 'reused') throw new NatterError('idempotency_key_reused');
        return { conversation: createGroup(), replayed: request.title === 'again' };
      }),
      implement(renameConversation, remember(createGroup())),
      implement(listMembers, remember({ members: [bob], next: null })),
      implement(setMember, async (request) => {
        asked.push(request);
        return { member: bob, added: request.role === undefined };
      }),
      implement(removeMember, async (request) => {
        asked.push(request);
        if (request.username === 'me') throw new NatterError('last_owner');
        return {};
      }),
      implement(markRead, remember({ readSeq: 5, unread: 2 })),
      implement(
        readLog,
        remember({ data: [createEntry()], page: { hasAfter: true, rev: 9, epoch, limit: 1 } }),
      ),
      implement(listBlocks, remember({ users: [alice], next: null })),
      implement(blockUser, remember({})),
      implement(unblockUser, remember({})),
    );
    gateway = await stack.startGateway();
  });
  afterAll(() => stack.close());

  const page = { next: null, limit: 50 };
  test.each<[string, string, unknown, object, number, object | undefined]>([
    [
      'GET',
      '/api/conversations/?limit=9&cursor=c',
      undefined,
      { ...me, limit: 9, cursor: 'c' },
      200,
      { data: [createGroup()], page: { next: 'further', limit: 9 } },
    ],
    ['PATCH', group, { title: 'New' }, { ...inGroup, title: 'New' }, 200, createGroup()],
    ['GET', `${group}/members`, undefined, { ...inGroup, limit: 50 }, 200, { data: [bob], page }],
    ['PUT', `${group}/members/Bob`, undefined, { ...inGroup, username: 'bob' }, 201, bob],
    ['PUT', `${group}/members/bob`, {}, { ...inGroup, username: 'bob' }, 201, bob],
    [
      'PUT',
      `${group}/members/bob`,
      { role: 'admin' },
      { ...inGroup, username: 'bob', role: 'admin' },
      200,
      bob,
    ],
    ['DELETE', `${group}/members/bob`, undefined, { ...inGroup, username: 'bob' }, 204, undefined],
    ['PUT', `${group}/read`, { seq: 5 }, { ...inGroup, seq: 5 }, 200, { readSeq: 5, unread: 2 }],
    [
      'GET',
      `${group}/log`,
      undefined,
      { ...inGroup, after: 0, limit: 50 },
      200,
      { data: [createEntry()], page: { hasAfter: true, rev: 9, epoch, limit: 1 } },
    ],
    [
      'GET',
      `${group}/log?after=8&limit=1`,
      undefined,
      { ...inGroup, after: 8, limit: 1 },
      200,
      { data: [createEntry()], page: { hasAfter: true, rev: 9, epoch, limit: 1 } },
    ],
    ['GET', '/api/v1/blocks', undefined, { ...me, limit: 50 }, 200, { data: [alice], page }],
    ['PUT', '/api/v1/blocks/Bob', undefined, { ...me, username: 'bob' }, 204, undefined],
    ['DELETE', '/api/blocks/bob/', undefined, { ...me, username: 'bob' }, 204, undefined],
  ])('%s %s with %j ask and answer', async (method, path, body, request, status, expected) => {
    const answer = await gateway.ask(method, path, { body });
    expect([answer.status, asked.at(-1)]).toEqual([status, request]);
    if (expected) expect(answer.json).toEqual(expected);
    else expect([answer.text, answer.headers.get('Content-Type')]).toEqual(['', null]);
  });

  test.each<[string, object, string | undefined]>([
    ['Garden', {}, undefined],
    ['Garden', { headers: { 'Idempotency-Key': key } }, key],
    ['again', { headers: { 'Idempotency-Key': `"${key}"` } }, key],
  ])('make "%s" under %j', async (title, ask, given) => {
    const answer = await gateway.post('/api/v1/conversations', { title, members: ['Bob'] }, ask);
    expect([answer.status, answer.json]).toEqual([201, createGroup()]);
    expect(answer.headers.get('Location')).toBe(group);
    expect(answer.headers.get('Idempotent-Replayed')).toBe(title === 'again' ? 'true' : null);
    expect(asked.at(-1)).toEqual({ ...me, title, members: ['bob'], ...(given && { key: given }) });
  });

  it('say when a key was used for another group', async () => {
    const answer = await gateway.post('/api/conversations', { title: 'reused', members: [] });
    expect([answer.status, answer.json['code']]).toEqual([422, 'idempotency_key_reused']);
  });

  it('let the last owner not go', async () => {
    const answer = await gateway.delete(`${group}/members/me`);
    expect(asked.at(-1)).toEqual({ ...inGroup, username: 'me' });
    expect([answer.status, answer.json['code']]).toEqual([409, 'last_owner']);
  });
});
