import { describe, expect, it } from '@jest/globals';
import { waitFor } from '@natter/testkit';
import type { Person, RegisterPeople } from './people.ts';
import { at, contentsOf, createGroup, outcomeOf } from './requests.ts';

const everywhere = '/api/v1';

const beans = 'Beans need water';
const soup = 'tomato soup, Ölkürbis, 東京タワー';
const tomatoes = 'Tomatoes need water';

const search = ({ api }: Person, where: string, q: string, more = '') =>
  api.get(`${where}/search?q=${encodeURIComponent(q)}${more}`);

/** What is searched is filled a moment after a message is sent. */
async function expectFound(person: Person, where: string, q: string, contents: string[]): Promise<void> {
  const found = async () => {
    const answer = await search(person, where, q);
    expect(answer.body).toMatchObject({ page: { next: null, behind: expect.any(Number) } });
    return JSON.stringify(contentsOf(answer)) === JSON.stringify(contents);
  };
  await waitFor(found, { what: `${q} to find ${contents.length}` });
}

export function describeSearch(register: RegisterPeople): void {
  describe('a search', () => {
    it('finds what was said in one and in all conversations of mine, the newest first', async () => {
      const [ann, ben, cid] = await register('ann', 'ben', 'cid');
      const group = await createGroup(ann, ben);
      await ann.api.post(at(ben.username), { content: tomatoes });
      await ben.api.post(group, { content: soup });
      await expectFound(ben, everywhere, 'tomato', [soup, tomatoes]);
      await expectFound(ann, everywhere, 'tomato', [soup, tomatoes]);
      await expectFound(ben, `${group}/messages`, 'tomato', [soup]);
      await expectFound(ben, `${at(ann.username)}/messages`, 'WAT tom', [tomatoes]);
      for (const q of ['ölk', '東京']) await expectFound(ben, everywhere, q, [soup]);
      const first = await search(ben, everywhere, 'tomato', '&limit=1');
      const { next } = (first.body as { page: { next: string } }).page;
      const second = await search(ben, everywhere, 'tomato', `&limit=1&cursor=${next}`);
      expect([contentsOf(first), contentsOf(second)]).toEqual([[soup], [tomatoes]]);
      expect(contentsOf(await search(cid, everywhere, 'tomato'))).toEqual([]);
      const hidden = await search(cid, `${group}/messages`, 'tomato');
      expect(outcomeOf(hidden)).toBe('404 conversation_not_found');
    });

    it('follows edits, deletions and removals', async () => {
      const [ann, ben] = await register('ann', 'ben');
      const group = await createGroup(ann, ben);
      for (const content of [tomatoes, soup]) await ann.api.post(group, { content });
      await expectFound(ben, everywhere, 'tomato', [soup, tomatoes]);
      await ann.api.patch(`${group}/messages/1`, { content: beans });
      await expectFound(ben, everywhere, 'tomato', [soup]);
      await expectFound(ben, everywhere, 'beans', [beans]);
      await ann.api.delete(`${group}/messages/2`);
      await expectFound(ben, everywhere, 'tomato', []);
      await ann.api.delete(`${group}/members/${ben.username}`);
      expect(contentsOf(await search(ben, everywhere, 'beans'))).toEqual([]);
    });
  });
}
