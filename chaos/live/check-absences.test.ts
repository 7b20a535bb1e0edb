import { describe, expect, it } from '@jest/globals';
import type { Entry } from '@natter/client';
import { faultsOfAbsences, revsWithout } from './check-absences.ts';

const log = [
  'created',
  'removed carol',
  'removed bob',
  'sent',
  'sent',
  'added carol',
  'added bob',
  'sent',
  'removed bob',
  'sent',
].map((words, index) => {
  const [what, userId] = words.split(' ');
  return { rev: index + 1, type: `member.${what}`, data: { userId } } as unknown as Entry;
});

const heard = (rev: number, heardAt: number) => ({ conversationId: 'a', rev, heardAt });

it('knows at which revs somebody was no member', () => {
  expect([...revsWithout('bob', log)]).toEqual([4, 5, 6, 10]);
  expect([...revsWithout('dave', log)]).toEqual([]);
});

describe('faultsOfAbsences', () => {
  const absence = { conversationId: 'a', userId: 'bob', rev: 3, until: 100 };
  const faults = (...entries: { conversationId: string; rev: number; heardAt: number }[]) =>
    faultsOfAbsences(entries, [absence], new Map([['a', revsWithout('bob', log)]]));

  it('finds nothing where what was not for them came after they were to be added again', () => {
    expect(faults(heard(3, 50), { ...heard(9, 60), conversationId: 'b' }, heard(4, 101))).toEqual([]);
  });

  it('finds nothing in what came since they were added, by whomever', () => {
    expect(faults(heard(7, 90), heard(8, 91))).toEqual([]);
  });

  it('finds what was not for them and came before that', () => {
    expect(faults(heard(3, 50), heard(4, 99))).toHaveLength(1);
  });
});
