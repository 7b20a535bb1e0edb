import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  addReaction,
  createConversation,
  deleteMessage,
  editMessage,
  getMessage,
  listConversations,
  listMembers,
  markRead,
  readLog,
  removeMember,
  removeReaction,
  renameConversation,
  setMember,
} from '@natter/contracts';
import { makeGroup, readWholeLog } from './_groups.ts';
import { askAll, outcomeOf, outcomesOf } from './_replicas.ts';
import { openStack, type Stack } from './_stack.ts';

const absent = '01990000-0000-7000-8000-000000000000';

describe('a group, served by two messaging services', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await openStack();
    await Promise.all([stack.start(), stack.start()]);
  });
  afterAll(() => stack.stop());

  const rolesIn = async (conversation: { id: string }, reader = 'alice') => {
    const { members } = await stack.as(reader).conversation({ conversation, limit: 1 });
    return Object.fromEntries(members.map(({ username, role }) => [username, role]));
  };
  const setRole = (
    actor: string,
    conversation: { id: string },
    username: string,
    role?: 'owner' | 'admin' | 'member',
  ) => stack.as(actor).call(setMember, { conversation, username, role });
  const remove = (actor: string, conversation: { id: string }, username: string) =>
    stack.as(actor).call(removeMember, { conversation, username });
  const revOf = async (conversation: { id: string }, reader = 'alice') =>
    (await stack.as(reader).conversation({ conversation, limit: 1 })).rev;

  it('is made with its maker as owner, and is there for every member on every replica', async () => {
    const request = { title: 'Trip', members: ['bob', 'carol', 'bob', 'alice'] };
    const { conversation, replayed } = await stack.as('alice').call(createConversation, request);
    expect(replayed).toBe(false);
    expect(conversation).toMatchObject({
      kind: 'group',
      title: 'Trip',
      seq: 0,
      rev: 1,
      unread: 0,
      lastMessage: null,
    });
    expect(conversation.memberCount).toBe(3);
    expect(conversation.members.map(({ username, role }) => [username, role])).toEqual([
      ['alice', 'owner'],
      ['bob', 'member'],
      ['carol', 'member'],
    ]);
    const id = conversation.id as string;
    for (const view of await askAll(() => stack.as('carol').conversation({ conversation: { id }, limit: 1 })))
      expect(view).toMatchObject({ id, title: 'Trip', members: conversation.members });
  });

  it('is made once, however often its key comes', async () => {
    const request = { title: 'Once', members: ['bob'], key: 'once-0123456789abcdef' };
    const answers = await askAll(() => stack.as('alice').call(createConversation, request));
    expect(new Set(answers.map(({ conversation }) => JSON.stringify(conversation))).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    const id = answers[0]?.conversation.id as string;

    await stack.as('alice').call(renameConversation, { conversation: { id }, title: 'Renamed' });
    for (const again of await askAll(() => stack.as('alice').call(createConversation, request)))
      expect(again).toMatchObject({ replayed: true, conversation: { id, title: 'Renamed', rev: 2 } });
  });

  it('is not made by a key that was used for another', async () => {
    const request = { title: 'One', members: ['bob'], key: 'reused-0123456789abcdef' };
    const { conversation } = await stack.as('alice').call(createConversation, request);
    for (const other of [{ title: 'Two' }, { members: ['carol'] }, { members: [] }]) {
      const again = () => stack.as('alice').call(createConversation, { ...request, ...other });
      expect(await outcomesOf(again)).toEqual(['idempotency_key_reused']);
    }
    expect(await revOf({ id: conversation.id as string })).toBe(1);
  });

  it('has a key of its maker, not of everyone', async () => {
    const request = { title: 'Mine', members: [], key: 'everyone-0123456789abcdef' };
    const makers = ['alice', 'bob', 'carol'];
    const made = makers.map((maker) => stack.as(maker).call(createConversation, request));
    const ids = (await Promise.all(made)).map(({ conversation }) => conversation.id);
    expect(new Set(ids).size).toBe(3);
  });

  it('is another one each time without a key', async () => {
    const ids = await Promise.all([makeGroup(stack, 'alice'), makeGroup(stack, 'alice')]);
    expect(ids[0].id).not.toBe(ids[1].id);
  });

  it('is not made with somebody who does not exist', async () => {
    const attempt = stack.as('alice').call(createConversation, { title: 'X', members: ['bob', 'nobody'] });
    expect(await outcomeOf(attempt)).toBe('user_not_found');
  });

  it('is renamed by owners and admins, and by nobody else', async () => {
    const conversation = await makeGroup(stack, 'alice', 'bob', 'carol');
    await setRole('alice', conversation, 'bob', 'admin');
    const rename = (actor: string, title: string) =>
      stack.as(actor).call(renameConversation, { conversation, title });
    expect(await rename('bob', 'By an admin')).toMatchObject({ title: 'By an admin', rev: 3 });
    expect(await rename('alice', 'By the owner')).toMatchObject({ title: 'By the owner', rev: 4 });
    expect(await outcomeOf(rename('carol', 'By a member'))).toBe('forbidden');
    expect(await outcomeOf(rename('dave', 'By a stranger'))).toBe('conversation_not_found');
    expect(await rename('alice', 'By the owner')).toMatchObject({ rev: 4 });
    for (const view of await askAll(() => stack.as('carol').conversation({ conversation, limit: 1 })))
      expect(view).toMatchObject({ title: 'By the owner', rev: 4 });
  });

  it.each([
    ['blank', '  '],
    ['too long', 'x'.repeat(101)],
  ])('takes no title that is %s', async (_, title) => {
    const conversation = await makeGroup(stack, 'alice');
    const attempts = [
      stack.as('alice').call(renameConversation, { conversation, title }),
      stack.as('alice').call(createConversation, { title, members: [] }),
    ];
    expect(await Promise.all(attempts.map(outcomeOf))).toEqual(['validation_failed', 'validation_failed']);
    expect(await revOf(conversation)).toBe(1);
  });

  it('takes in whom an owner or an admin adds, who sees all of it and has nothing unread', async () => {
    const conversation = await makeGroup(stack, 'alice', 'bob');
    await stack.as('alice').send({ conversation, content: 'before' });
    const { member, added } = await setRole('alice', conversation, 'carol');
    expect([member.username, member.role, member.readSeq, added]).toEqual(['carol', 'member', 1, true]);
    expect((await setRole('alice', conversation, 'carol')).added).toBe(false);
    expect(await revOf(conversation)).toBe(3);
    for (const view of await askAll(() => stack.as('carol').conversation({ conversation, limit: 10 }))) {
      expect(view).toMatchObject({ seq: 1, readSeq: 1, unread: 0 });
      expect(view.messages.data.map(({ content }) => content)).toEqual(['before']);
    }
    expect(await outcomeOf(setRole('bob', conversation, 'dave'))).toBe('forbidden');
    expect(await outcomeOf(setRole('alice', conversation, 'nobody'))).toBe('user_not_found');
    expect(await outcomeOf(setRole('erin', conversation, 'dave'))).toBe('conversation_not_found');
    expect(await revOf(conversation)).toBe(3);
  });

  it('takes in the same person once, though many add them at once', async () => {
    const conversation = await makeGroup(stack, 'alice');
    const answers = await askAll(() => setRole('alice', conversation, 'bob'));
    expect(answers.filter(({ added }) => added)).toHaveLength(1);
    expect(await revOf(conversation)).toBe(2);
  });

  it('has its roles changed by owners alone', async () => {
    const conversation = await makeGroup(stack, 'alice', 'bob', 'carol');
    expect(await setRole('alice', conversation, 'bob', 'admin')).toMatchObject({
      member: { username: 'bob', role: 'admin' },
      added: false,
    });
    expect(await outcomeOf(setRole('bob', conversation, 'carol', 'admin'))).toBe('forbidden');
    expect(await outcomeOf(setRole('bob', conversation, 'bob', 'owner'))).toBe('forbidden');
    expect(await outcomeOf(setRole('bob', conversation, 'dave', 'admin'))).toBe('forbidden');
    expect((await setRole('bob', conversation, 'dave')).added).toBe(true);
    expect(await rolesIn(conversation)).toEqual({
      alice: 'owner',
      bob: 'admin',
      carol: 'member',
      dave: 'member',
    });
  });

  it('loses plain members to admins, and anyone to owners', async () => {
    const conversation = await makeGroup(stack, 'alice', 'bob', 'carol', 'dave');
    await setRole('alice', conversation, 'bob', 'admin');
    await setRole('alice', conversation, 'carol', 'admin');
    expect(await outcomeOf(remove('dave', conversation, 'bob'))).toBe('forbidden');
    expect(await outcomeOf(remove('bob', conversation, 'carol'))).toBe('forbidden');
    expect(await outcomeOf(remove('bob', conversation, 'alice'))).toBe('forbidden');
    await remove('bob', conversation, 'dave');
    await remove('alice', conversation, 'carol');
    const rev = await revOf(conversation);
    await remove('alice', conversation, 'carol');
    expect(await revOf(conversation)).toBe(rev);
    expect(await rolesIn(conversation)).toEqual({ alice: 'owner', bob: 'admin' });
  });

  it('keeps an owner while anyone is in it', async () => {
    const conversation = await makeGroup(stack, 'alice', 'bob');
    for (const attempt of [
      () => remove('alice', conversation, 'me'),
      () => remove('alice', conversation, 'alice'),
      () => setRole('alice', conversation, 'alice', 'member'),
    ])
      expect(await outcomesOf(attempt)).toEqual(['last_owner']);
    expect(await revOf(conversation)).toBe(1);
    await setRole('alice', conversation, 'bob', 'owner');
    await remove('alice', conversation, 'me');
    expect(await rolesIn(conversation, 'bob')).toEqual({ bob: 'owner' });
    await remove('bob', conversation, 'me');
    expect(await outcomesOf(() => stack.as('bob').conversation({ conversation, limit: 1 }))).toEqual([
      'conversation_not_found',
    ]);
  });

  it('keeps one of two owners who leave at the same moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      const conversation = await makeGroup(stack, 'alice', 'bob', 'carol');
      await setRole('alice', conversation, 'bob', 'owner');
      const outcomes = [remove('alice', conversation, 'me'), remove('bob', conversation, 'me')].map(
        outcomeOf,
      );
      expect((await Promise.all(outcomes)).toSorted()).toEqual(['done', 'last_owner']);
      expect(Object.values(await rolesIn(conversation, 'carol')).toSorted()).toEqual(['member', 'owner']);
    }
  });

  it('is not there any more, on any replica, for whoever was removed', async () => {
    const conversation = await makeGroup(stack, 'alice', 'bob');
    await stack.as('bob').send({ conversation, content: 'mine' });
    await askAll(() => stack.as('bob').conversation({ conversation, limit: 1 }));
    await remove('alice', conversation, 'bob');

    const bob = stack.as('bob');
    const message = { conversation, seq: 1 };
    const attempts: [string, () => Promise<unknown>][] = [
      ['conversation', () => bob.conversation({ conversation, limit: 1 })],
      ['messages', () => bob.messages({ conversation, limit: 1 })],
      ['message', () => bob.call(getMessage, message)],
      ['log', () => bob.call(readLog, { conversation, after: 0, limit: 10 })],
      ['members', () => bob.call(listMembers, { conversation, limit: 10 })],
      ['read', () => bob.call(markRead, { conversation, seq: 1 })],
      ['send', () => bob.send({ conversation, content: 'still here' })],
      ['edit', () => bob.call(editMessage, { ...message, content: 'changed' })],
      ['delete', () => bob.call(deleteMessage, message)],
      ['react', () => bob.call(addReaction, { ...message, emoji: '👍' })],
      ['unreact', () => bob.call(removeReaction, { ...message, emoji: '👍' })],
      ['rename', () => bob.call(renameConversation, { conversation, title: 'Mine' })],
      ['add', () => setRole('bob', conversation, 'carol')],
      ['leave', () => remove('bob', conversation, 'me')],
    ];
    for (const [what, attempt] of attempts)
      expect([what, await outcomesOf(attempt)]).toEqual([what, ['conversation_not_found']]);
    for (const { conversations } of await askAll(() => bob.call(listConversations, { limit: 200 })))
      expect(conversations.map(({ id }) => id)).not.toContain(conversation.id);
    expect(await revOf(conversation)).toBe(3);
  });

  it('has no entry of a removed member after their removal, however they race', async () => {
    for (let round = 0; round < 5; round += 1) {
      const conversation = await makeGroup(stack, 'alice', 'bob');
      const sends = Array.from({ length: 60 }, (_, n) =>
        stack
          .as('bob')
          .send({ conversation, content: `${n}` })
          .then(
            ({ message }) => message.seq,
            (error: unknown) => (error as { code: string }).code,
          ),
      );
      // The removal comes into the middle of the sends.
      await Promise.race(sends);
      await remove('alice', conversation, 'bob');
      const late = Array.from({ length: 20 }, () =>
        outcomeOf(stack.as('bob').send({ conversation, content: 'late' })),
      );
      expect(new Set(await Promise.all(late))).toEqual(new Set(['conversation_not_found']));

      const outcomes = await Promise.all(sends);
      const entries = await readWholeLog(stack, 'alice', conversation);
      const removal = entries.findIndex(({ type }) => type === 'member.removed');
      expect(removal).toBeGreaterThan(0);
      expect(entries.slice(removal + 1)).toEqual([]);
      const stored = entries.filter(({ type }) => type === 'message.sent').map(({ seq }) => seq);
      const acknowledged = outcomes.filter((outcome) => typeof outcome === 'number');
      expect(acknowledged.toSorted((one, other) => one - other)).toEqual(stored);
      expect(new Set(outcomes.filter((outcome) => typeof outcome === 'string'))).not.toContain('internal');
    }
  });

  it('is there again for whoever is added again', async () => {
    const conversation = await makeGroup(stack, 'alice', 'bob');
    await stack.as('alice').send({ conversation, content: 'one' });
    await remove('alice', conversation, 'bob');
    await stack.as('alice').send({ conversation, content: 'two' });
    await setRole('alice', conversation, 'bob');
    for (const view of await askAll(() => stack.as('bob').conversation({ conversation, limit: 10 })))
      expect(view).toMatchObject({
        seq: 2,
        readSeq: 2,
        unread: 0,
        messages: { data: [{ seq: 1 }, { seq: 2 }] },
      });
    await stack.as('bob').send({ conversation, content: 'three' });
  });

  it('lists its members page by page, in the order in which they joined', async () => {
    const conversation = await makeGroup(stack, 'alice', 'frank', 'bob');
    for (const name of ['erin', 'carol', 'dave']) await setRole('alice', conversation, name);
    await remove('alice', conversation, 'bob');
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const { members, next } = await stack.as('dave').call(listMembers, { conversation, limit: 2, cursor });
      names.push(...members.map(({ username }) => username));
      cursor = next ?? undefined;
    } while (cursor !== undefined);
    expect(names).toEqual(['alice', 'frank', 'erin', 'carol', 'dave']);
  });

  it('takes no cursor but its reader’s own', async () => {
    const conversation = await makeGroup(stack, 'alice', 'bob', 'carol');
    const list = (reader: string, cursor?: string) =>
      stack.as(reader).call(listMembers, { conversation, limit: 1, cursor });
    const { next } = await list('alice');
    for (const cursor of [next as string, 'nonsense', '', `${next}A`])
      expect([cursor, await outcomeOf(list('bob', cursor))]).toEqual([cursor, 'cursor_invalid']);
  });

  it('is what a direct conversation never becomes', async () => {
    const { message } = await stack.as('alice').send({ conversation: { with: 'bob' }, content: 'hello' });
    const refs = [{ with: 'bob' }, { id: message.conversationId }, { with: 'carol' }];
    for (const conversation of refs) {
      const alice = stack.as('alice');
      const attempts = [
        alice.call(renameConversation, { conversation, title: 'x' }),
        alice.call(setMember, { conversation, username: 'carol' }),
        alice.call(removeMember, { conversation, username: 'bob' }),
        alice.call(removeMember, { conversation, username: 'me' }),
        alice.call(listMembers, { conversation, limit: 1 }),
      ];
      expect(new Set(await Promise.all(attempts.map(outcomeOf)))).toEqual(new Set(['forbidden']));
    }
    const { rev } = await stack.as('alice').conversation({ conversation: { with: 'bob' }, limit: 1 });
    expect(rev).toBe(2);
  });

  it('is to a stranger as if it were not there', async () => {
    const conversation = await makeGroup(stack, 'alice', 'bob');
    for (const ref of [conversation, { id: absent }]) {
      const attempts = [
        setRole('carol', ref, 'carol'),
        remove('carol', ref, 'bob'),
        remove('carol', ref, 'me'),
      ];
      for (const outcome of await Promise.allSettled(attempts))
        expect(outcome).toMatchObject({ reason: { code: 'conversation_not_found', detail: undefined } });
    }
  });
});
