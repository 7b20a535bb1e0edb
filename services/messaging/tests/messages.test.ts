import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  addReaction,
  deleteMessage,
  editMessage,
  getMessage,
  type Message,
  removeReaction,
  setMember,
} from '@natter/contracts';
import mongoose from 'mongoose';
import { makeGroup, readWholeLog } from './_groups.ts';
import { askAll, outcomeOf, outcomesOf } from './_replicas.ts';
import { openStack, type Stack } from './_stack.ts';

const crowd = Array.from({ length: 51 }, (_, index) => `member-${index}`);

const kinds = '😀 😁 😂 🤣 😃 😄 😅 😆 😉 😊 😋 😎 😍 😘 🥰 😗 😙 😚 🙂 🤗 🤩'.split(' ');

type Ref = { id: string } | { with: string };

const countsOf = ({ reactions }: Message) =>
  Object.fromEntries(reactions.map(({ emoji, count, mine }) => [emoji, [count, mine]]));

const callOf = (names: string[]) => names.map((name) => `@${name}`).join(' ');

describe('messages, served by two messaging services', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await openStack({ crowd });
    await Promise.all([stack.start(), stack.start()]);
  });
  afterAll(() => stack.stop());

  const say = async (who: string, conversation: Ref, content: string, replyTo?: number) =>
    (await stack.as(who).send({ conversation, content, replyTo })).message;
  const edit = (who: string, conversation: Ref, seq: number, content: string, ifRev?: number[]) =>
    stack.as(who).call(editMessage, { conversation, seq, content, ifRev });
  const remove = (who: string, conversation: Ref, seq: number) =>
    stack.as(who).call(deleteMessage, { conversation, seq });
  const react = (who: string, conversation: Ref, seq: number, emoji: string) =>
    stack.as(who).call(addReaction, { conversation, seq, emoji });
  const unreact = (who: string, conversation: Ref, seq: number, emoji: string) =>
    stack.as(who).call(removeReaction, { conversation, seq, emoji });
  const read = (who: string, conversation: Ref, seq: number) =>
    stack.as(who).call(getMessage, { conversation, seq });
  const revOf = async (who: string, conversation: Ref) =>
    (await stack.as(who).conversation({ conversation, limit: 1 })).rev;

  /** Everything that is kept, of every collection, as text. */
  async function everythingKept(): Promise<string> {
    const { MONGODB_URL, MONGODB_DATABASE: dbName } = stack.settings;
    const connection = await mongoose.createConnection(MONGODB_URL, { dbName }).asPromise();
    const collections = await connection.listCollections();
    const documents = collections.map(({ name }) => connection.collection(name).find().toArray());
    const kept = JSON.stringify(await Promise.all(documents));
    await connection.close();
    return kept;
  }

  describe('an edit', () => {
    it('changes the text for everyone, on every replica, and keeps the place', async () => {
      const conversation = await makeGroup(stack, 'alice', 'bob');
      const message = await say('alice', conversation, 'frist');
      const edited = await edit('alice', conversation, 1, 'first');
      expect(edited).toEqual({ ...message, content: 'first', rev: 3, edited: edited.edited });
      expect(edited.edited).not.toBeNull();
      for (const seen of await askAll(() => read('bob', conversation, 1))) expect(seen).toEqual(edited);
      const { messages, lastMessage, seq, unread } = await stack
        .as('bob')
        .conversation({ conversation, limit: 10 });
      expect({ data: messages.data, lastMessage, seq, unread }).toEqual({
        data: [edited],
        lastMessage: edited,
        seq: 1,
        unread: 1,
      });
    });

    it('that comes again changes nothing, whatever rev it asks for', async () => {
      const conversation = await makeGroup(stack, 'alice', 'bob');
      const { rev } = await say('alice', conversation, 'one');
      const copies = await askAll(() => edit('alice', conversation, 1, 'two', [rev]));
      expect(new Set(copies.map((copy) => JSON.stringify(copy))).size).toBe(1);
      expect(await revOf('alice', conversation)).toBe(3);
    });

    it('for another rev than the message’s is refused', async () => {
      const conversation = await makeGroup(stack, 'alice', 'bob');
      const { rev } = await say('alice', conversation, 'one');
      const second = await edit('alice', conversation, 1, 'two', [rev]);
      const stale = () => edit('alice', conversation, 1, 'three', [rev]);
      expect(await outcomesOf(stale)).toEqual(['precondition_failed']);
      const third = await edit('alice', conversation, 1, 'three', [rev, second.rev]);
      expect(third.content).toBe('three');
      expect(await revOf('alice', conversation)).toBe(4);
    });

    it('is what one of many wins who ask for the same rev', async () => {
      const conversation = await makeGroup(stack, 'alice');
      const { rev } = await say('alice', conversation, 'one');
      let n = 0;
      const outcomes = await askAll(() =>
        outcomeOf(edit('alice', conversation, 1, `text ${(n += 1)}`, [rev])),
      );
      expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
      expect(new Set(outcomes)).toEqual(new Set(['done', 'precondition_failed']));
    });

    it('is for one’s own messages only', async () => {
      const conversation = await makeGroup(stack, 'alice', 'bob');
      await say('bob', conversation, 'mine');
      expect(await outcomeOf(edit('alice', conversation, 1, 'yours'))).toBe('forbidden');
      expect(await outcomeOf(edit('carol', conversation, 1, 'yours'))).toBe('conversation_not_found');
      expect(await revOf('alice', conversation)).toBe(2);
    });

    it('leaves a keyed send what it was', async () => {
      const conversation = await makeGroup(stack, 'alice');
      const send = { conversation, content: 'one', clientMessageId: 'edited-0123456789' };
      await stack.as('alice').send(send);
      const edited = await edit('alice', conversation, 1, 'two');
      for (const again of await askAll(() => stack.as('alice').send(send)))
        expect(again).toEqual({ replayed: true, message: edited });
    });
  });

  describe('a deletion', () => {
    it('leaves the place, and the text nowhere', async () => {
      const conversation = await makeGroup(stack, 'alice', 'bob');
      const secrets = [
        'secret-that-was-sent',
        'secret-that-was-edited',
        'secret-that-was-edited-again',
      ] as const;
      const message = await say('alice', conversation, `${secrets[0]} @bob`);
      for (const secret of secrets.slice(1)) await edit('alice', conversation, 1, `${secret} @bob`);
      await react('bob', conversation, 1, '👍');
      expect(await everythingKept()).toContain('secret-that-was');

      await remove('alice', conversation, 1);
      expect(await everythingKept()).not.toContain('secret-that-was');
      const [first, ...others] = await askAll(() => read('bob', conversation, 1));
      expect(first).toMatchObject({
        id: message.id,
        seq: 1,
        content: '',
        mentions: [],
        reactions: [],
        rev: 6,
      });
      expect(first?.deleted).not.toBeNull();
      for (const other of others) expect(other).toEqual(first);
      const log = await readWholeLog(stack, 'bob', conversation);
      expect(JSON.stringify(log)).not.toContain('secret');
      expect(log.map(({ type }) => type)).toEqual([
        'conversation.created',
        'message.sent',
        'message.edited',
        'message.edited',
        'reaction.added',
        'message.deleted',
      ]);
      expect(await say('bob', conversation, 'next')).toMatchObject({ seq: 2 });
    });

    it('that comes again changes nothing', async () => {
      const conversation = await makeGroup(stack, 'alice');
      await say('alice', conversation, 'one');
      await askAll(() => remove('alice', conversation, 1));
      expect(await revOf('alice', conversation)).toBe(3);
    });

    it('wins over an edit that races with it', async () => {
      for (let round = 0; round < 10; round += 1) {
        const conversation = await makeGroup(stack, 'alice');
        await say('alice', conversation, 'one');
        const edits = [1, 2, 3].map((n) => outcomeOf(edit('alice', conversation, 1, `race-${round}-${n}`)));
        const [, ...outcomes] = await Promise.all([remove('alice', conversation, 1), ...edits]);
        for (const outcome of outcomes) expect(['done', 'message_deleted']).toContain(outcome);
        expect(await read('alice', conversation, 1)).toMatchObject({ content: '', seq: 1 });
      }
      expect(await everythingKept()).not.toContain('race-');
    });

    it('is for one’s own messages, and in groups for owners and admins', async () => {
      const conversation = await makeGroup(stack, 'alice', 'bob', 'carol');
      await stack.as('alice').call(setMember, { conversation, username: 'bob', role: 'admin' });
      for (const who of ['alice', 'carol', 'carol']) await say(who, conversation, 'hello');
      expect(await outcomeOf(remove('carol', conversation, 1))).toBe('forbidden');
      expect(await outcomeOf(remove('dave', conversation, 1))).toBe('conversation_not_found');
      await remove('bob', conversation, 1);
      await remove('alice', conversation, 2);
      await remove('carol', conversation, 3);
      await say('alice', { with: 'erin' }, 'hello');
      expect(await outcomeOf(remove('erin', { with: 'alice' }, 1))).toBe('forbidden');
    });

    it('ends edits, answers and reactions', async () => {
      const conversation = await makeGroup(stack, 'alice', 'bob');
      await say('alice', conversation, 'gone');
      const reply = await say('bob', conversation, 'answer', 1);
      await remove('alice', conversation, 1);
      for (const attempt of [
        () => edit('alice', conversation, 1, 'back'),
        () => say('bob', conversation, 'another answer', 1),
        () => react('bob', conversation, 1, '👍'),
      ])
        expect(await outcomesOf(attempt)).toEqual(['message_deleted']);
      expect(await revOf('alice', conversation)).toBe(4);
      expect(await read('alice', conversation, 2)).toEqual({ ...reply, clientMessageId: null });
    });

    it('leaves a keyed send done', async () => {
      const conversation = await makeGroup(stack, 'alice');
      const send = { conversation, content: 'one', clientMessageId: 'deleted-0123456789' };
      await stack.as('alice').send(send);
      await remove('alice', conversation, 1);
      for (const again of await askAll(() => stack.as('alice').send(send)))
        expect(again).toMatchObject({ replayed: true, message: { seq: 1, content: '' } });
      const other = stack.as('alice').send({ ...send, content: 'two' });
      expect(await outcomeOf(other)).toBe('idempotency_key_reused');
    });
  });

  describe('reactions', () => {
    const people = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank', 'grace'];

    it('of many people at once are all counted, each once', async () => {
      const conversation = await makeGroup(stack, 'alice', ...people.slice(1));
      await say('alice', conversation, 'hello');
      const twice = [...people, ...people];
      await Promise.all(twice.map((who) => react(who, conversation, 1, '👍')));
      await Promise.all(people.map((who, index) => react(who, conversation, 1, kinds[index] as string)));
      for (const message of await askAll(() => read('bob', conversation, 1))) {
        const own = kinds.slice(0, people.length).map((emoji, index) => [emoji, [1, index === 1]]);
        expect(countsOf(message)).toEqual({ '👍': [7, true], ...Object.fromEntries(own) });
      }
      expect(await revOf('alice', conversation)).toBe(2 + 2 * people.length);
    });

    it('are taken back one by one, by whom they are of', async () => {
      const conversation = await makeGroup(stack, 'alice', 'bob');
      await say('alice', conversation, 'hello');
      await react('alice', conversation, 1, '🎉');
      await react('bob', conversation, 1, '🎉');
      expect(countsOf(await unreact('bob', conversation, 1, '🎉'))).toEqual({ '🎉': [1, false] });
      await askAll(() => unreact('bob', conversation, 1, '🎉'));
      expect(countsOf(await unreact('alice', conversation, 1, '🎉'))).toEqual({});
      expect(await revOf('alice', conversation)).toBe(6);
    });

    it('are of at most 20 kinds', async () => {
      const conversation = await makeGroup(stack, 'alice', 'bob');
      await say('alice', conversation, 'hello');
      const outcomes = await Promise.all(
        kinds.map((emoji) => outcomeOf(react('alice', conversation, 1, emoji))),
      );
      expect(outcomes.toSorted()).toEqual([...Array.from({ length: 20 }, () => 'done'), 'validation_failed']);
      const { reactions } = await read('bob', conversation, 1);
      expect(reactions).toHaveLength(20);
      await react('bob', conversation, 1, reactions[3]?.emoji as string);
      expect(await revOf('alice', conversation)).toBe(23);
    });

    it.each(['👍👍', 'x', '', '👍 ', 'thumbsup'])('are one emoji, not %j', async (emoji) => {
      const conversation = await makeGroup(stack, 'alice');
      await say('alice', conversation, 'hello');
      expect(await outcomeOf(react('alice', conversation, 1, emoji))).toBe('validation_failed');
      expect(await revOf('alice', conversation)).toBe(2);
    });

    it.each(['👩🏽‍🚀', '🇨🇭', '👨‍👩‍👧‍👦', '1️⃣', '❤️'])('may be %s', async (emoji) => {
      const conversation = await makeGroup(stack, 'alice');
      await say('alice', conversation, 'hello');
      expect(countsOf(await react('alice', conversation, 1, emoji))).toEqual({ [emoji]: [1, true] });
    });
  });

  describe('mentions', () => {
    it('are of members, by their ids; whatever else looks like one stays text', async () => {
      const conversation = await makeGroup(stack, 'alice', 'bob', 'carol');
      const content = '@Bob, @dave @nobody alice@carol.example and (@bob)';
      const message = await say('alice', conversation, content);
      expect(message).toMatchObject({ content, mentions: [stack.idOf('bob')] });
      const edited = await edit('alice', conversation, 1, 'rather @carol');
      expect(edited.mentions).toEqual([stack.idOf('carol')]);
      for (const seen of await askAll(() => read('bob', conversation, 1))) expect(seen).toEqual(edited);
    });

    it('are at most 50', async () => {
      const conversation = await makeGroup(stack, 'alice', ...crowd);
      const most = await say('alice', conversation, `${callOf(crowd.slice(0, 50))} @stranger`);
      expect(most.mentions).toEqual(crowd.slice(0, 50).map((name) => stack.idOf(name)));
      for (const attempt of [
        () => say('alice', conversation, callOf(crowd)),
        () => edit('alice', conversation, 1, callOf(crowd)),
      ])
        expect(await outcomesOf(attempt)).toEqual(['validation_failed']);
      expect(await revOf('alice', conversation)).toBe(2);
    });
  });

  describe('of which there are none', () => {
    const attempts: [string, string, (ref: Ref) => Promise<unknown>][] = [
      ['a read', 'message_not_found', (ref) => read('alice', ref, 9)],
      ['an edit', 'message_not_found', (ref) => edit('alice', ref, 9, 'x')],
      ['a deletion', 'message_not_found', (ref) => remove('alice', ref, 9)],
      ['a reaction', 'message_not_found', (ref) => react('alice', ref, 9, '👍')],
      ['a reaction’s end', 'message_not_found', (ref) => unreact('alice', ref, 9, '👍')],
      ['an answer', 'validation_failed', (ref) => say('alice', ref, 'x', 9)],
    ];

    it.each(attempts)('refuse %s: %s', async (_, code, attempt) => {
      const group = await makeGroup(stack, 'alice');
      await say('alice', group, 'one');
      expect(await outcomesOf(() => attempt(group))).toEqual([code]);
      expect(await revOf('alice', group)).toBe(2);
      // A direct conversation that nobody has begun is there, and empty, and stays so.
      expect(await outcomeOf(attempt({ with: 'grace' }))).toBe(code);
      expect(await revOf('alice', { with: 'grace' })).toBe(0);
    });
  });
});
