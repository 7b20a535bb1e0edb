import { describe, expect, it } from '@jest/globals';
import { maxReactionKinds } from '@natter/contracts';
import { answerOf, at, direct, faultsOf, group, message } from './_fixtures.ts';
import { decideAddReaction, type React } from './add-reaction.ts';
import type { State } from './state.ts';

const command: React = { id: 'e1', actorId: 'bob', emoji: '👍' };

const state: State = { conversation: direct(), message: message() };

const answer = (over: Partial<State>, react: Partial<React> = {}) =>
  answerOf(() => decideAddReaction({ ...state, ...over }, { ...command, ...react }));

const added = ['reaction.added'];

/** A message with as many kinds as there may be, all alice's. */
const full = message({
  reactions: Array.from({ length: maxReactionKinds }, (_, index) => ({
    emoji: String.fromCodePoint(0x1f600 + index),
    userIds: ['alice'],
  })),
});

describe('decideAddReaction', () => {
  it('appends which reaction to which message', () => {
    expect(decideAddReaction(state, command)).toEqual([
      { id: 'e1', type: 'reaction.added', data: { seq: 1, emoji: '👍' } },
    ]);
  });

  it('appends nothing where the actor has reacted so already, though others have too', () => {
    expect(answer({ message: message({ reactions: [{ emoji: '👍', userIds: ['alice', 'bob'] }] }) })).toEqual(
      [],
    );
    expect(answer({ message: message({ reactions: [{ emoji: '👍', userIds: ['alice'] }] }) })).toEqual(added);
    expect(answer({ message: message({ reactions: [{ emoji: '👎', userIds: ['bob'] }] }) })).toEqual(added);
  });

  it.each([
    ['one more kind', '👍', 'validation_failed'],
    ['a kind that is there', '\u{1f600}', added],
  ])('answers %s on a message with all the kinds that it may have with %j', (_case, emoji, expected) => {
    expect(answer({ message: full }, { emoji })).toEqual(expected);
  });

  it('says that the emoji is at fault when it is one kind too many', () => {
    expect(faultsOf(() => decideAddReaction({ ...state, message: full }, command))).toEqual(['emoji']);
  });

  it('leaves room for the last kind', () => {
    expect(answer({ message: { ...full, reactions: full.reactions.slice(1) } })).toEqual(added);
  });

  it.each([
    ['a stranger', {}, { actorId: 'carol' }, 'conversation_not_found'],
    ['whoever is kept off', { refused: true }, {}, 'forbidden'],
    ['a deleted message', { message: message({ deleted: at }) }, {}, 'message_deleted'],
    ['a message that is not there', { message: undefined }, {}, 'message_not_found'],
    ['no conversation', { conversation: undefined }, {}, 'conversation_not_found'],
  ])('refuses %s', (_case, over, react, code) => {
    expect(answer(over, react)).toBe(code);
  });

  it('lets a plain member of a group react, to their own message too', () => {
    const conversation = group({ olga: 'owner', alice: 'member' });
    expect(answer({ conversation }, { actorId: 'alice' })).toEqual(added);
  });
});
