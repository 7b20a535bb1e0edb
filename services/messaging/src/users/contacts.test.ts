import { describe, expect, it } from '@jest/globals';
import type { Blocks } from '../domain/blocks.ts';
import type { Profile, Profiles } from '../domain/user-directory.ts';
import { Contacts } from './contacts.ts';

const profile = (id: string, deleted = false): Profile => ({
  id,
  username: id,
  displayName: id,
  created: new Date(0),
  deleted,
  receipts: 'shared',
  version: 1,
});

const unasked = () => Promise.reject(new Error('Nobody should ask this'));

/** Contacts of alice, bob and whoever is deleted, where these pairs are kept apart. */
function contacts({ apart = [], deleted = [] }: { apart?: string[]; deleted?: string[] }) {
  const asked: string[] = [];
  const blocks: Blocks = {
    block: unasked,
    unblock: unasked,
    list: unasked,
    isBlockedByAny: unasked,
    listApart: unasked,
    areApart: async (...pair) => {
      asked.push(pair.join(' '));
      return apart.includes(pair.toSorted().join(' '));
    },
  };
  const known = [profile('alice'), profile('bob'), ...deleted.map((id) => profile(id, true))];
  const profiles: Profiles = {
    findByIds: async (ids) => known.filter(({ id }) => ids.includes(id)),
    findByUsernames: unasked,
    save: unasked,
  };
  return { asked, contacts: new Contacts(blocks, profiles) };
}

describe('Contacts', () => {
  it.each([
    ['nothing', {}, false],
    ['a block', { apart: ['alice bob'] }, true],
    ['a block of others', { apart: ['alice carol'] }, false],
  ])('keeps two apart by %s, whichever of them is named first: %p', async (_case, world, expected) => {
    expect(await contacts(world).contacts.areRefused(['alice', 'bob'])).toBe(expected);
    expect(await contacts(world).contacts.areRefused(['bob', 'alice'])).toBe(expected);
  });

  it('lets nobody write to one who is no more, but to one whom it has not heard of', async () => {
    const { contacts: those } = contacts({ deleted: ['gone'] });
    expect(await those.areRefused(['alice', 'gone'])).toBe(true);
    expect(await those.areRefused(['alice', 'newcomer'])).toBe(false);
  });

  it('asks once for both directions while the answer is fresh, and for every other pair', async () => {
    const { contacts: those, asked } = contacts({});
    for (const pair of [
      ['alice', 'bob'],
      ['bob', 'alice'],
      ['alice', 'carol'],
    ])
      await those.areRefused(pair);
    expect(asked).toEqual(['alice bob', 'alice carol']);
  });
});
