import { describe, expect, it } from '@jest/globals';
import { answerOf, direct, group } from './_fixtures.ts';
import { decideRemoveMember } from './remove-member.ts';

const conversation = group({
  olga: 'owner',
  otto: 'owner',
  adam: 'admin',
  anna: 'admin',
  mia: 'member',
  max: 'member',
});

const answer = (actorId: string, userId: string, where = conversation) =>
  answerOf(() => decideRemoveMember({ conversation: where }, { id: 'e1', actorId, userId }));

const removed = ['member.removed'];

describe('decideRemoveMember', () => {
  it.each([
    ['olga', 'mia', removed],
    ['olga', 'adam', removed],
    ['olga', 'otto', removed],
    ['adam', 'mia', removed],
    ['adam', 'anna', 'forbidden'],
    ['adam', 'olga', 'forbidden'],
    ['mia', 'max', 'forbidden'],
    ['mia', 'olga', 'forbidden'],
    ['stranger', 'mia', 'conversation_not_found'],
    ['stranger', 'stranger', 'conversation_not_found'],
  ])('answers %s, who removes %s, with %j', (actorId, userId, expected) => {
    expect(answer(actorId, userId)).toEqual(expected);
  });

  it.each(['olga', 'adam', 'mia'])('lets %s leave', (userId) => {
    expect(answer(userId, userId)).toEqual(removed);
  });

  it.each([
    ['olga', []],
    ['adam', []],
    ['mia', 'forbidden'],
  ])('answers %s, who removes somebody who is not there, with %j', (actorId, expected) => {
    expect(answer(actorId, 'stranger')).toEqual(expected);
  });

  it('keeps the last owner while anyone else is there', () => {
    expect(answer('olga', 'olga', group({ olga: 'owner', adam: 'admin' }))).toBe('last_owner');
    expect(answer('olga', 'olga', group({ olga: 'owner' }))).toEqual(removed);
  });

  it('appends who is removed', () => {
    expect(decideRemoveMember({ conversation }, { id: 'e1', actorId: 'olga', userId: 'mia' })).toEqual([
      { id: 'e1', type: 'member.removed', data: { userId: 'mia' } },
    ]);
  });

  it('leaves direct conversations as they are', () => {
    expect(answer('alice', 'alice', direct())).toBe('forbidden');
    expect(answer('alice', 'bob', direct())).toBe('forbidden');
  });
});
