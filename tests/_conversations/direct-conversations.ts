import { describe, expect, it } from '@jest/globals';
import type { Conversation, ConversationWithMessages, Message } from '@natter/contracts';
import { expectLogToTellAll, readLog } from './conversation-reader.ts';
import type { RegisterPeople } from './people.ts';
import { at, contentsOf, outcomeOf, reactionTo } from './requests.ts';

export function describeDirectConversations(register: RegisterPeople): void {
  describe('a direct conversation', () => {
    it('is one and the same for two who write to each other first at the same moment', async () => {
      const [ann, ben, cid] = await register('ann', 'ben', 'cid');
      const [toBen, toAnn] = [at(ben.username), at(ann.username)];
      const unwritten = { id: null, kind: 'direct', seq: 0, rev: 0, unread: 0, lastMessage: null };
      for (const unbegun of [await ann.api.get(toBen), await ben.api.get(toAnn)]) {
        expect(unbegun.body).toMatchObject(unwritten);
      }
      const sent = await Promise.all([
        ann.api.post(toBen, { content: 'from ann' }),
        ben.api.post(`${toAnn}/messages`, { content: 'from ben' }),
      ]);
      const messages = sent.map(({ body }) => body as Message).toSorted((one, other) => one.seq - other.seq);
      expect(messages.map(({ seq }) => seq)).toEqual([1, 2]);
      const byId = at(messages[0]?.conversationId ?? null);
      for (const answer of [await ann.api.get(toBen), await ben.api.get(toAnn)]) {
        const { data } = (answer.body as ConversationWithMessages).messages;
        expect(data.map(({ id }) => id)).toEqual(messages.map(({ id }) => id));
      }
      expect((await ann.api.get(byId)).body).toEqual((await ann.api.get(toBen)).body);
      expect(await readLog(ann.api, byId)).toEqual(await readLog(ben.api, toAnn));
      expect(outcomeOf(await cid.api.get(byId))).toBe('404 conversation_not_found');
    });

    it('has a message that is sent again with its key once', async () => {
      const [ann, ben] = await register('ann', 'ben');
      const send = (content: string) =>
        ann.api.post(at(ben.username), { content }, { 'idempotency-key': 'the-same-key-again' });
      const first = await send('hello');
      for (const again of [await send('hello'), await send('hello')]) {
        expect([again.status, again.body]).toEqual([201, first.body]);
        expect(again.headers.get('idempotent-replayed')).toBe('true');
      }
      expect(outcomeOf(await send('bye'))).toBe('422 idempotency_key_reused');
      expect(contentsOf(await ben.api.get(`${at(ann.username)}/messages`))).toEqual(['hello']);
    });

    it('has messages that their senders edit, unless somebody did before', async () => {
      const [ann, ben] = await register('ann', 'ben');
      const sent = await ann.api.post(at(ben.username), { content: 'helo' });
      const message = String(sent.headers.get('location'));
      const tag = String((await ben.api.get(message)).headers.get('etag'));
      const edit = (content: string) => ann.api.patch(message, { content }, { 'if-match': tag });
      const edited = await edit(`hello, @${ben.username}`);
      expect(edited.body).toMatchObject({ mentions: [ben.id], edited: expect.any(String) });
      const newTag = edited.headers.get('etag');
      expect(newTag).not.toBe(tag);
      expect((await ben.api.get(message)).headers.get('etag')).toBe(newTag);
      expect(outcomeOf(await edit('hi'))).toBe('412 precondition_failed');
      await expectLogToTellAll(ben, at(ann.username));
    });

    it('has one of two edits of the same state, and a repeated change once', async () => {
      const [ann, ben] = await register('ann', 'ben');
      const sent = await ann.api.post(at(ben.username), { content: 'helo' });
      const message = String(sent.headers.get('location'));
      const tag = { 'if-match': String((await ann.api.get(message)).headers.get('etag')) };
      const edits = ['hello', 'hallo'].map((content) => ann.api.patch(message, { content }, tag));
      const outcomes = (await Promise.all(edits)).map(outcomeOf);
      expect(outcomes.toSorted()).toEqual(['200', '412 precondition_failed']);
      await Promise.all(Array.from({ length: 4 }, () => ben.api.put(reactionTo(message, '👍'))));
      await Promise.all(Array.from({ length: 4 }, () => ann.api.delete(message)));
      const types = (await readLog(ben.api, at(ann.username))).map(({ type }) => type);
      expect(types.slice(2)).toEqual(['message.edited', 'reaction.added', 'message.deleted']);
    });

    it('has reactions and answers from both sides', async () => {
      const [ann, ben] = await register('ann', 'ben');
      const sent = await ann.api.post(at(ben.username), { content: 'hello' });
      const message = String(sent.headers.get('location'));
      const thumb = reactionTo(message, '👍🏽');
      for (const { api } of [ann, ben, ben]) await api.put(thumb);
      for (const { api } of [ann, ann]) expect((await api.delete(thumb)).status).toBe(200);
      for (const [{ api }, mine] of [
        [ann, false],
        [ben, true],
      ] as const) {
        const reactions = [{ emoji: '👍🏽', count: 1, mine }];
        expect((await api.get(message)).body).toMatchObject({ reactions });
      }
      const answer = await ben.api.post(at(ann.username), { content: 'hello!', replyTo: 1 });
      expect([answer.status, (answer.body as Message).replyTo]).toEqual([201, 1]);
      for (const [person, other] of [
        [ann, ben],
        [ben, ann],
      ] as const) {
        await expectLogToTellAll(person, at(other.username));
      }
    });

    it('keeps the place of a deleted message, and nothing that it said', async () => {
      const [ann, ben] = await register('ann', 'ben');
      const sent = await ann.api.post(at(ben.username), { content: 'first secret' });
      const message = String(sent.headers.get('location'));
      await ann.api.patch(message, { content: 'second secret' });
      await ben.api.put(reactionTo(message, '😀'));
      for (let n = 1; n <= 2; n += 1) expect(outcomeOf(await ann.api.delete(message))).toBe('204');
      const tombstone = { seq: 1, content: '', mentions: [], reactions: [], deleted: expect.any(String) };
      for (const { api } of [ann, ben]) expect((await api.get(message)).body).toMatchObject(tombstone);
      for (const refused of [
        await ben.api.post(at(ann.username), { content: 'what?', replyTo: 1 }),
        await ben.api.put(reactionTo(message, '😀')),
        await ann.api.patch(message, { content: 'undone' }),
      ]) {
        expect(outcomeOf(refused)).toBe('409 message_deleted');
      }
      await expectLogToTellAll(ann, at(ben.username));
      expect(JSON.stringify(await readLog(ben.api, at(ann.username)))).not.toContain('secret');
    });

    it('with oneself is a notebook', async () => {
      const [ann] = await register('ann');
      const notebook = at(ann.username);
      await ann.api.post(notebook, { content: 'buy milk' });
      const { members, unread, lastMessage } = (await ann.api.get(notebook)).body as Conversation;
      expect([members.map(({ id }) => id), unread]).toEqual([[ann.id], 0]);
      expect(lastMessage?.content).toBe('buy milk');
      await expectLogToTellAll(ann, notebook);
    });
  });
}
