import { describe, expect, it } from '@jest/globals';
import type { PageOptions } from '@natter/client';
import { waitFor } from '@natter/testkit';
import type { Person, RegisterPeople } from './people.ts';
import { codeOf } from './requests.ts';

interface Query extends PageOptions {
  q: string;
  conversation?: string;
}

const beans = 'Beans need water';
const soup = 'tomato soup, Ölkürbis, 東京タワー';
const tomatoes = 'Tomatoes need water';

async function search({ chat }: Person, query: Query) {
  const { data, page } = await chat.messages.search(query);
  return { contents: data.map(({ content }) => content), page };
}

/** What is searched is filled a moment after a message is sent. */
async function expectFound(person: Person, query: Query, ...contents: string[]): Promise<void> {
  const found = async () => {
    const { page, ...answer } = await search(person, query);
    expect(page).toMatchObject({ next: null, behind: expect.any(Number) });
    return JSON.stringify(answer.contents) === JSON.stringify(contents);
  };
  await waitFor(found, { what: `${query.q} to find ${contents.length}` });
}

async function foundGarden(ann: Person, ben: Person): Promise<string> {
  const { id } = await ann.chat.conversations.create({ title: 'Garden', members: [ben.username] });
  return String(id);
}

export function describeSearch(register: RegisterPeople): void {
  describe('a search', () => {
    it('finds what was said in one and in all conversations of mine, the newest first', async () => {
      const [ann, ben, cid] = await register('ann', 'ben', 'cid');
      const group = await foundGarden(ann, ben);
      await ann.chat.messages.send(ben.username, { content: tomatoes });
      await ben.chat.messages.send(group, { content: soup });
      await expectFound(ben, { q: 'tomato' }, soup, tomatoes);
      await expectFound(ann, { q: 'tomato' }, soup, tomatoes);
      await expectFound(ben, { q: 'tomato', conversation: group }, soup);
      await expectFound(ben, { q: 'WAT tom', conversation: ann.username }, tomatoes);
      for (const q of ['ölk', '東京']) await expectFound(ben, { q }, soup);
      const first = await search(ben, { q: 'tomato', limit: 1 });
      const second = await search(ben, { q: 'tomato', limit: 1, cursor: first.page.next ?? '' });
      expect([first.contents, second.contents]).toEqual([[soup], [tomatoes]]);
      expect((await search(cid, { q: 'tomato' })).contents).toEqual([]);
      const hidden = search(cid, { q: 'tomato', conversation: group });
      expect(await codeOf(hidden)).toBe('conversation_not_found');
    });

    it('follows edits, deletions and removals', async () => {
      const [ann, ben] = await register('ann', 'ben');
      const group = await foundGarden(ann, ben);
      const { messages, members } = ann.chat;
      for (const content of [tomatoes, soup]) await messages.send(group, { content });
      await expectFound(ben, { q: 'tomato' }, soup, tomatoes);
      await messages.edit(group, 1, { content: beans });
      await expectFound(ben, { q: 'tomato' }, soup);
      await expectFound(ben, { q: 'beans' }, beans);
      await messages.delete(group, 2);
      await expectFound(ben, { q: 'tomato' });
      await members.remove(group, ben.username);
      expect((await search(ben, { q: 'beans' })).contents).toEqual([]);
    });
  });
}
