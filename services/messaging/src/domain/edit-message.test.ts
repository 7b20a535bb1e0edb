import { describe, expect, it } from '@jest/globals';
import { maxMentions } from '@natter/contracts';
import { answerOf, at, direct, group, message } from './_fixtures.ts';
import { decideEditMessage, type EditMessage } from './edit-message.ts';
import type { State } from './state.ts';

const command: EditMessage = { id: 'e1', actorId: 'alice', content: 'hello!', calledIds: [] };

const state: State = { conversation: direct(), message: message() };

const answer = (over: Partial<EditMessage>, where: Partial<State> = {}) =>
  answerOf(() => decideEditMessage({ ...state, ...where }, { ...command, ...over }));

describe('decideEditMessage', () => {
  it('gives a message another text, and other mentions', () => {
    expect(decideEditMessage(state, { ...command, calledIds: ['bob', 'stranger'] })).toEqual([
      { id: 'e1', type: 'message.edited', data: { seq: 1, content: 'hello!', mentions: ['bob'] } },
    ]);
  });

  it.each([
    ['another member', { actorId: 'bob' }, {}, 'forbidden'],
    [
      'another member of a deleted message',
      { actorId: 'bob' },
      { message: message({ deleted: at }) },
      'forbidden',
    ],
    ['a stranger', { actorId: 'carol' }, {}, 'conversation_not_found'],
    ['whoever is kept off', {}, { refused: true }, 'forbidden'],
    ['the sender of a deleted message', {}, { message: message({ deleted: at }) }, 'message_deleted'],
    ['whoever means a message that is not there', {}, { message: undefined }, 'message_not_found'],
    ['whoever means no conversation', {}, { conversation: undefined }, 'conversation_not_found'],
  ])('refuses %s', (_case, over, where, code) => {
    expect(answer(over, where)).toBe(code);
  });

  it.each(['owner', 'admin'] as const)('lets no %s put words into the mouth of another', (role) => {
    const conversation = group({ [role]: role, alice: 'member' });
    expect(answer({ actorId: role }, { conversation })).toBe('forbidden');
  });

  it.each([
    [[2], ['message.edited']],
    [[7, 2], ['message.edited']],
    [[1], 'precondition_failed'],
    [[], 'precondition_failed'],
    [undefined, ['message.edited']],
  ])('answers an edit of rev 2 that wants one of %j with %j', (ifRev, expected) => {
    expect(answer({ ifRev })).toEqual(expected);
  });

  it('appends nothing where the text is that already, whatever rev is wanted', () => {
    expect(answer({ content: 'hello' })).toEqual([]);
    expect(answer({ content: 'hello', ifRev: [1] })).toEqual([]);
  });

  it('mentions no more members than a message may', () => {
    const ids = Array.from({ length: maxMentions + 1 }, (_, index) => `u${index}`);
    const conversation = group(Object.fromEntries(['alice', ...ids].map((id) => [id, 'member'])));
    expect(answer({ calledIds: ids }, { conversation })).toBe('validation_failed');
    expect(answer({ calledIds: ids.slice(1) }, { conversation })).toEqual(['message.edited']);
  });
});
