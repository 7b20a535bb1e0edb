import { describe, expect, it } from '@jest/globals';
import { answerOf, direct, group } from './_fixtures.ts';
import { decideSetMember, type SetMember } from './set-member.ts';

const conversation = group({ olga: 'owner', otto: 'owner', adam: 'admin', anna: 'admin', mia: 'member' });

const decide = (over: Partial<SetMember>, where = conversation) =>
  decideSetMember(
    { conversation: where },
    { id: 'e1', actorId: 'olga', userId: 'newcomer', refused: false, maxMembers: 10, ...over },
  );

const added = ['member.added'];
const changed = ['member.role_changed'];

describe('decideSetMember', () => {
  it.each([
    ['olga', undefined, added],
    ['olga', 'member', added],
    ['olga', 'admin', added],
    ['olga', 'owner', added],
    ['adam', undefined, added],
    ['adam', 'member', added],
    ['adam', 'admin', 'forbidden'],
    ['adam', 'owner', 'forbidden'],
    ['mia', undefined, 'forbidden'],
    ['stranger', undefined, 'conversation_not_found'],
  ] as const)('answers %s, who adds somebody as %s, with %j', (actorId, role, answer) => {
    expect(answerOf(() => decide({ actorId, role }))).toEqual(answer);
  });

  it.each([
    ['olga', 'mia', 'admin', changed],
    ['olga', 'mia', 'owner', changed],
    ['olga', 'adam', 'member', changed],
    ['olga', 'otto', 'member', changed],
    ['olga', 'olga', 'admin', changed],
    ['olga', 'mia', 'member', []],
    ['olga', 'adam', undefined, []],
    ['olga', 'olga', 'owner', []],
    ['adam', 'mia', undefined, []],
    ['adam', 'mia', 'member', []],
    ['adam', 'mia', 'admin', 'forbidden'],
    ['adam', 'anna', 'member', 'forbidden'],
    ['adam', 'adam', 'owner', 'forbidden'],
    ['mia', 'mia', 'owner', 'forbidden'],
    ['mia', 'mia', undefined, 'forbidden'],
  ] as const)('answers %s, who makes %s %s, with %j', (actorId, userId, role, answer) => {
    expect(answerOf(() => decide({ actorId, userId, role }))).toEqual(answer);
  });

  it('adds a plain member unless told otherwise', () => {
    expect(decide({})).toEqual([
      { id: 'e1', type: 'member.added', data: { userId: 'newcomer', role: 'member' } },
    ]);
  });

  it('keeps the last owner one, alone or among others', () => {
    const command = { userId: 'olga', role: 'member' as const };
    expect(answerOf(() => decide(command, group({ olga: 'owner', adam: 'admin' })))).toBe('last_owner');
    expect(answerOf(() => decide(command, group({ olga: 'owner' })))).toBe('last_owner');
  });

  it('adds nobody who keeps the actor off, and still changes the role of one who is there', () => {
    expect(answerOf(() => decide({ refused: true }))).toBe('forbidden');
    expect(answerOf(() => decide({ refused: true, userId: 'mia', role: 'admin' }))).toEqual(changed);
  });

  it('fills a group up to its size, and no further', () => {
    expect(answerOf(() => decide({ maxMembers: 6 }))).toEqual(added);
    expect(answerOf(() => decide({ maxMembers: 5 }))).toBe('validation_failed');
    expect(answerOf(() => decide({ maxMembers: 5, userId: 'mia', role: 'admin' }))).toEqual(changed);
  });

  it('leaves direct conversations as they are', () => {
    expect(answerOf(() => decide({ actorId: 'alice' }, direct()))).toBe('forbidden');
    expect(answerOf(() => decide({ actorId: 'carol' }, direct()))).toBe('conversation_not_found');
  });
});
