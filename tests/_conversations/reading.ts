import { describe, expect, it } from '@jest/globals';
import type { PageOptions } from '@natter/client';
import type { Person, RegisterPeople } from './people.ts';
import { codeOf } from './requests.ts';

interface Listed {
  shown: [content: string | undefined, unread: number][];
  next: string | null;
}

async function list({ chat }: Person, options: PageOptions = {}): Promise<Listed> {
  const { data, page } = await chat.conversations.list(options);
  return { shown: data.map(({ lastMessage, unread }) => [lastMessage?.content, unread]), next: page.next };
}

async function sendAll({ chat }: Person, conversation: string, ...contents: string[]): Promise<void> {
  for (const content of contents) await chat.messages.send(conversation, { content });
}

export function describeReading(register: RegisterPeople): void {
  describe('reading', () => {
    it('goes by pages before, after and around a message', async () => {
      const [ann, ben] = await register('ann', 'ben');
      await sendAll(ann, ben.username, ...'1234567'.split(''));
      for (const [place, contents, hasBefore, hasAfter] of [
        [{ limit: 3 }, '567', true, false],
        [{ before: 3 }, '12', false, true],
        [{ before: 6, limit: 2 }, '45', true, true],
        [{ after: 0, limit: 2 }, '12', false, true],
        [{ after: 5 }, '67', true, false],
        [{ around: 4, limit: 3 }, '345', true, true],
        [{ after: 99 }, '', true, false],
      ] as const) {
        const { data, page } = await ben.chat.messages.list(ann.username, place);
        expect([place, data.map(({ content }) => content).join('')]).toEqual([place, contents]);
        expect(page).toMatchObject({ hasBefore, hasAfter, seq: 7 });
      }
    });

    it('finds my conversations by latest message, page by page', async () => {
      const [ann, ben, cid] = await register('ann', 'ben', 'cid');
      const group = await ann.chat.conversations.create({ title: 'Garden', members: [ben.username] });
      await sendAll(ann, ben.username, 'one', 'two', 'three');
      await sendAll(cid, ben.username, 'psst');
      const first = await list(ben, { limit: 2 });
      expect(first.shown).toEqual([
        ['psst', 1],
        ['three', 3],
      ]);
      const cursor = first.next ?? '';
      expect(await list(ben, { limit: 2, cursor })).toEqual({ shown: [[undefined, 0]], next: null });
      await sendAll(ann, String(group.id), 'weeds');
      expect((await list(ben, { limit: 1 })).shown).toEqual([['weeds', 1]]);
      expect(await codeOf(list(ann, { cursor }))).toBe('cursor_invalid');
    });

    it('moves my marker forward, and tells how many messages are left', async () => {
      const [ann, ben] = await register('ann', 'ben');
      await sendAll(ann, ben.username, 'one', 'two', 'three');
      const read = (seq: number) => ben.chat.conversations.markRead(ann.username, { seq });
      expect(await read(2)).toEqual({ readSeq: 2, unread: 1 });
      expect(await read(1)).toEqual({ readSeq: 2, unread: 1 });
      expect((await list(ben)).shown).toEqual([['three', 1]]);
      expect(await codeOf(read(4))).toBe('validation_failed');
      await sendAll(ben, ann.username, 'read it');
      expect((await list(ben)).shown).toEqual([['read it', 0]]);
      expect((await list(ann)).shown).toEqual([['read it', 1]]);
      const { members } = await ann.chat.conversations.get(ben.username);
      expect(members.find(({ id }) => id === ben.id)?.readSeq).toBe(4);
    });
  });
}
