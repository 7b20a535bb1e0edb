import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { implement, type Serving } from '@natter/bus';
import { getCursorKey, type Position, sync } from '@natter/contracts';
import type { Client } from './_client.ts';
import { conversationId, createEntry, createGroup, epoch } from './_messages.ts';
import { alice, Stack } from './_stack.ts';

const key = randomBytes(32).toString('base64url');

const position: Position = { kind: 'changes', epoch, at: 1_700_000_000_000, revs: { [conversationId]: 9 } };

const changed = { conversation: createGroup(), entries: [createEntry()], hasMore: true };

const left = { id: conversationId, kind: 'group' as const, left: true as const };

const conversations = [changed, { conversation: left, entries: [createEntry()], hasMore: false }];

describe('the route of sync', () => {
  const asked: unknown[] = [];
  let keysAsked = 0;
  let stack: Stack;
  let gateway: Client;
  let messaging: Serving;

  beforeAll(async () => {
    stack = await Stack.create();
    await stack.serveAlice();
    messaging = await stack.serve(
      'messaging',
      implement(getCursorKey, async () => {
        keysAsked += 1;
        return { key };
      }),
      implement(sync, async (request) => {
        asked.push(request);
        return { conversations, position, hasMore: true };
      }),
    );
    gateway = await stack.startGateway();
  });
  afterAll(() => stack.close());

  const cursorOf = async () => String((await gateway.get('/api/v1/sync')).json['cursor']);

  it('answers with what changed and a cursor, which says where to go on', async () => {
    const first = await gateway.get('/api/sync/');
    expect([first.status, first.json]).toEqual([
      200,
      { cursor: expect.any(String), conversations, hasMore: true },
    ]);
    expect(asked.at(-1)).toEqual({ callerId: alice.id, limit: 50 });
    const next = await gateway.get(`/api/v1/sync?after=${String(first.json['cursor'])}&limit=900`);
    expect(next.status).toBe(200);
    expect(asked.at(-1)).toEqual({ callerId: alice.id, position, limit: 200 });
    expect(keysAsked).toBe(1);
  });

  it('takes a cursor that another gateway gave', async () => {
    const other = await stack.startGateway();
    expect((await other.get(`/api/v1/sync?after=${await cursorOf()}`)).status).toBe(200);
    expect(asked.at(-1)).toMatchObject({ position });
  });

  it('refuses a cursor that is forged, cut, or of somebody else, and asks nobody', async () => {
    const cursor = await cursorOf();
    const before = asked.length;
    const bob = `Bearer ${stack.token({ sub: randomUUID(), username: 'bob' })}`;
    const answers = [
      await gateway.get(`/api/v1/sync?after=${cursor}`, { authorization: bob }),
      await gateway.get(`/api/v1/sync?after=${cursor.slice(0, -1)}`),
      await gateway.get(`/api/v1/sync?after=${cursor.replace(/^./, 'B')}`),
      await gateway.get('/api/v1/sync?after='),
      await gateway.get('/api/v1/sync?after=%00%F0%9F%91%8B'),
    ];
    for (const { status, json } of answers) expect([status, json['code']]).toEqual([400, 'cursor_invalid']);
    expect(asked).toHaveLength(before);
  });

  it.each(['after=a&after=b', 'after[$ne]=', 'limit=0', 'limit=x'])('refuses ?%s', async (query) => {
    const { status, json } = await gateway.get(`/api/v1/sync?${query}`);
    expect([status, json['code']]).toEqual([400, 'validation_failed']);
  });

  it('is there for whoever says who they are', async () => {
    expect((await gateway.get('/api/v1/sync', { authorization: null })).status).toBe(401);
  });

  it('is not there while nobody knows the key', async () => {
    await messaging.stop();
    const other = await stack.startGateway();
    const { status, json } = await other.get('/api/v1/sync');
    expect([status, json['code']]).toEqual([503, 'service_unavailable']);
  });
});
