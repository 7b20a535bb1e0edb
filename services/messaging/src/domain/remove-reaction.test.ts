import { describe, expect, it } from '@jest/globals';
import { answerOf, at, direct, message } from './_fixtures.ts';
import { decideRemoveReaction } from './remove-reaction.ts';
import type { State } from './state.ts';

const reacted = message({ reactions: [{ emoji: '👍', userIds: ['alice', 'bob'] }] });

const answer = (over: Partial<State>, actorId = 'bob', emoji = '👍') =>
  answerOf(() =>
    decideRemoveReaction({ conversation: direct(), message: reacted, ...over }, { id: 'e1', actorId, emoji }),
  );

const removed = ['reaction.removed'];

describe('decideRemoveReaction', () => {
  it('appends which reaction to which message', () => {
    const state = { conversation: direct(), message: reacted };
    expect(decideRemoveReaction(state, { id: 'e1', actorId: 'bob', emoji: '👍' })).toEqual([
      { id: 'e1', type: 'reaction.removed', data: { seq: 1, emoji: '👍' } },
    ]);
  });

  it.each([
    ['there is no reaction', { message: message() }, '👍'],
    [
      'only others have reacted',
      { message: message({ reactions: [{ emoji: '👍', userIds: ['alice'] }] }) },
      '👍',
    ],
    ['the actor has reacted otherwise', {}, '👎'],
    ['the message was deleted', { message: message({ deleted: at }) }, '👍'],
  ])('appends nothing where %s', (_case, over, emoji) => {
    expect(answer(over, 'bob', emoji)).toEqual([]);
  });

  it.each([
    ['a stranger', {}, 'carol', 'conversation_not_found'],
    ['a message that is not there', { message: undefined }, 'bob', 'message_not_found'],
  ])('refuses %s', (_case, over, actorId, code) => {
    expect(answer(over, actorId)).toBe(code);
  });

  it('takes back what was said before one was kept off', () => {
    expect(answer({ refused: true })).toEqual(removed);
  });
});
