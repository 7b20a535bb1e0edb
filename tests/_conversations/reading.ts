import { describe, expect, it } from '@jest/globals';
import type { Conversation, MessagePage } from '@natter/contracts';
import type { Client } from '../_client.ts';
import type { RegisterPeople } from './people.ts';
import { at, contentsOf, conversations, createGroup, outcomeOf } from './requests.ts';

interface Listed {
  shown: [content: string | undefined, unread: number][];
  next: string | null;
}

async function list(api: Client, query = ''): Promise<Listed> {
  const { data, page } = (await api.get(`${conversations}?${query}`)).body as {
    data: Conversation[];
    page: { next: string | null };
  };
  return { shown: data.map(({ lastMessage, unread }) => [lastMessage?.content, unread]), next: page.next };
}

export function describeReading(register: RegisterPeople): void {
  describe('reading', () => {
    it('goes by pages before, after and around a message', async () => {
      const [ann, ben] = await register('ann', 'ben');
      for (let n = 1; n <= 7; n += 1) await ann.api.post(at(ben.username), { content: String(n) });
      for (const [query, contents, hasBefore, hasAfter] of [
        ['limit=3', '567', true, false],
        ['before=3', '12', false, true],
        ['before=6&limit=2', '45', true, true],
        ['after=0&limit=2', '12', false, true],
        ['after=5', '67', true, false],
        ['around=4&limit=3', '345', true, true],
        ['after=99', '', true, false],
      ] as const) {
        const page = await ben.api.get(`${at(ann.username)}/messages?${query}`);
        expect([query, contentsOf(page).join('')]).toEqual([query, contents]);
        expect((page.body as MessagePage).page).toMatchObject({ hasBefore, hasAfter, seq: 7 });
      }
    });

    it('finds my conversations by latest message, page by page', async () => {
      const [ann, ben, cid] = await register('ann', 'ben', 'cid');
      const group = await createGroup(ann, ben);
      for (const content of ['one', 'two', 'three']) await ann.api.post(at(ben.username), { content });
      await cid.api.post(at(ben.username), { content: 'psst' });
      const first = await list(ben.api, 'limit=2');
      expect(first.shown).toEqual([
        ['psst', 1],
        ['three', 3],
      ]);
      const next = await list(ben.api, `limit=2&cursor=${first.next}`);
      expect(next).toEqual({ shown: [[undefined, 0]], next: null });
      await ann.api.post(group, { content: 'weeds' });
      expect((await list(ben.api, 'limit=1')).shown).toEqual([['weeds', 1]]);
      const foreign = await ann.api.get(`${conversations}?cursor=${first.next}`);
      expect(outcomeOf(foreign)).toBe('400 cursor_invalid');
    });

    it('moves my marker forward, and tells how many messages are left', async () => {
      const [ann, ben] = await register('ann', 'ben');
      for (const content of ['one', 'two', 'three']) await ann.api.post(at(ben.username), { content });
      const read = (seq: number) => ben.api.put(`${at(ann.username)}/read`, { seq });
      expect((await read(2)).body).toEqual({ readSeq: 2, unread: 1 });
      expect((await read(1)).body).toEqual({ readSeq: 2, unread: 1 });
      expect((await list(ben.api)).shown).toEqual([['three', 1]]);
      expect(outcomeOf(await read(4))).toBe('400 validation_failed');
      await ben.api.post(at(ann.username), { content: 'read it' });
      expect((await list(ben.api)).shown).toEqual([['read it', 0]]);
      expect((await list(ann.api)).shown).toEqual([['read it', 1]]);
      const { members } = (await ann.api.get(at(ben.username))).body as Conversation;
      expect(members.find(({ id }) => id === ben.id)?.readSeq).toBe(4);
    });
  });
}
