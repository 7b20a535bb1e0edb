import { describe, expect, it } from '@jest/globals';
import { faultsOfEntries } from './check-entries.ts';

const heard = (begun: Record<string, number>, ...names: string[]) => ({
  begun: new Map(Object.entries(begun)),
  entries: names.map((name) => ({ conversationId: String(name[0]), rev: Number(name.slice(1)) })),
});

const heads = (all: Record<string, number>) => new Map(Object.entries(all));

describe('faultsOfEntries', () => {
  it('finds nothing where every entry came once, in the order of its conversation', () => {
    const all = heard({ a: 2 }, 'b1', 'a3', 'b2', 'a4');
    expect(faultsOfEntries(all, heads({ a: 4, b: 2 }))).toEqual([]);
  });

  it.each([
    ['is missing in the middle', heard({ a: 2 }, 'a3', 'a5')],
    ['is missing at the end', heard({ a: 2 }, 'a3', 'a4')],
    ['is missing at the beginning', heard({ a: 2 }, 'a4', 'a5')],
    ['came twice', heard({ a: 2 }, 'a3', 'a4', 'a4', 'a5')],
    ['came out of order', heard({ a: 2 }, 'a3', 'a5', 'a4')],
    ['is of a conversation that was never heard of', heard({})],
    ['is none that there is', heard({ a: 2 }, 'a3', 'a4', 'a5', 'a6')],
  ])('finds an entry that %s', (_, wrong) => {
    expect(faultsOfEntries(wrong, heads({ a: 5 }))).not.toEqual([]);
  });
});
