import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listConversations, markRead } from '@natter/contracts';
import { makeGroup } from './_groups.ts';
import { askAll, outcomeOf, outcomesOf } from './_replicas.ts';
import { openStack, type Stack } from './_stack.ts';

describe('the list of conversations, on two messaging services', () => {
  let stack: Stack;
  const groups: string[] = [];

  const list = (who: string, limit: number, cursor?: string) =>
    stack.as(who).call(listConversations, { limit, cursor });

  async function listAll(who: string, limit: number) {
    const pages = [await list(who, limit)];
    for (let next = pages.at(-1)?.next; next; next = pages.at(-1)?.next)
      pages.push(await list(who, limit, next));
    return pages.map(({ conversations }) => conversations.map(({ id }) => id));
  }

  beforeAll(async () => {
    stack = await openStack();
    await Promise.all([stack.start(), stack.start()]);
    for (let n = 0; n < 7; n += 1) groups.push((await makeGroup(stack, 'alice', 'bob')).id);
  });
  afterAll(() => stack.stop());

  it('has the latest active first, page by page', async () => {
    for (const index of [4, 1, 5]) {
      const conversation = { id: groups[index] as string };
      await stack.as('bob').send({ conversation, content: `to ${index}` });
    }
    const order = [5, 1, 4, 6, 3, 2, 0].map((index) => groups[index]);
    expect(await listAll('alice', 3)).toEqual([order.slice(0, 3), order.slice(3, 6), order.slice(6)]);
    expect(await listAll('alice', 7)).toEqual([order]);
    for (const { conversations } of await askAll(() => list('bob', 7)))
      expect(conversations.map(({ id }) => id)).toEqual(order);
    expect(await list('carol', 7)).toEqual({ conversations: [], next: null });
  });

  it('shows each as it is shown by itself', async () => {
    const { conversations } = await list('alice', 7);
    expect(conversations[0]).toMatchObject({
      seq: 1,
      unread: 1,
      lastMessage: { content: 'to 5', sender: 'bob' },
    });
    for (const listed of conversations) {
      const conversation = { id: listed.id as string };
      const { messages: _, ...alone } = await stack.as('alice').conversation({ conversation, limit: 1 });
      expect(listed).toEqual(alone);
    }
  });

  it('takes no cursor but its reader’s own', async () => {
    const { next } = await list('alice', 1);
    const made = Buffer.from(`conversations/1/${stack.idOf('bob')}/x/y`).toString('base64url');
    for (const cursor of [next as string, 'nonsense', '', `${next}A`, made])
      expect([cursor, await outcomeOf(list('bob', 1, cursor))]).toEqual([cursor, 'cursor_invalid']);
  });
});

describe('what is unread, on two messaging services', () => {
  let stack: Stack;
  const mine = { with: 'alice' };

  beforeAll(async () => {
    stack = await openStack();
    await Promise.all([stack.start(), stack.start()]);
    for (let n = 1; n <= 300; n += 1)
      await stack.as('alice').send({ conversation: { with: 'bob' }, content: `${n}` });
  });
  afterAll(() => stack.stop());

  const readUpTo = (seq: number) => stack.as('bob').call(markRead, { conversation: mine, seq });
  const state = async () => {
    const { seq, readSeq, unread } = await stack.as('bob').conversation({ conversation: mine, limit: 1 });
    return { seq, readSeq, unread };
  };

  it('is counted exactly, for the one who did not write it', async () => {
    for (const seen of await askAll(state)) expect(seen).toEqual({ seq: 300, readSeq: 0, unread: 300 });
    const { conversations } = await stack.as('alice').call(listConversations, { limit: 1 });
    expect(conversations).toMatchObject([{ seq: 300, readSeq: 300, unread: 0 }]);
  });

  it('grows less by reading, and never more by reading less', async () => {
    expect(await readUpTo(120)).toEqual({ readSeq: 120, unread: 180 });
    for (const answer of await askAll(() => readUpTo(7)))
      expect(answer).toEqual({ readSeq: 120, unread: 180 });
    for (const seen of await askAll(state)) expect(seen).toEqual({ seq: 300, readSeq: 120, unread: 180 });
    const { members } = await stack.as('alice').conversation({ conversation: { with: 'bob' }, limit: 1 });
    expect(members.find(({ username }) => username === 'bob')?.readSeq).toBe(120);
  });

  it('can’t be read before it is written', async () => {
    expect(await outcomesOf(() => readUpTo(301))).toEqual(['validation_failed']);
    expect(await state()).toEqual({ seq: 300, readSeq: 120, unread: 180 });
  });

  it('is nothing once one has answered', async () => {
    await stack.as('bob').send({ conversation: mine, content: 'answer' });
    for (const seen of await askAll(state)) expect(seen).toEqual({ seq: 301, readSeq: 301, unread: 0 });
  });

  it('is nothing where nobody has begun', async () => {
    const empty = { conversation: { with: 'carol' }, seq: 0 };
    expect(await stack.as('bob').call(markRead, empty)).toEqual({ readSeq: 0, unread: 0 });
    const { rev } = await stack.as('bob').conversation({ conversation: { with: 'carol' }, limit: 1 });
    expect(rev).toBe(0);
  });
});
