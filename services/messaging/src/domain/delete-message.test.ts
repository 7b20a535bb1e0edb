import { describe, expect, it } from '@jest/globals';
import { answerOf, at, direct, group, message } from './_fixtures.ts';
import { decideDeleteMessage } from './delete-message.ts';
import type { State } from './state.ts';

const crowd = group({ olga: 'owner', adam: 'admin', alice: 'member', mia: 'member' });

const answer = (actorId: string, over: Partial<State> = {}) =>
  answerOf(() =>
    decideDeleteMessage({ conversation: crowd, message: message(), ...over }, { id: 'e1', actorId }),
  );

const deleted = ['message.deleted'];

describe('decideDeleteMessage', () => {
  it.each([
    ['alice', deleted],
    ['olga', deleted],
    ['adam', deleted],
    ['mia', 'forbidden'],
    ['stranger', 'conversation_not_found'],
  ])("answers %s, who deletes alice's message, with %j", (actorId, expected) => {
    expect(answer(actorId)).toEqual(expected);
  });

  it('lets an admin delete what an owner said', () => {
    expect(answer('adam', { message: message({ senderId: 'olga' }) })).toEqual(deleted);
  });

  it('lets each delete only their own in a direct conversation, kept off or not', () => {
    const conversation = direct();
    expect(answer('bob', { conversation })).toBe('forbidden');
    expect(answer('alice', { conversation, refused: true })).toEqual(deleted);
  });

  it('appends nothing the second time, and still lets nobody who may not', () => {
    const gone = { message: message({ deleted: at }) };
    expect(answer('alice', gone)).toEqual([]);
    expect(answer('olga', gone)).toEqual([]);
    expect(answer('mia', gone)).toBe('forbidden');
  });

  it('finds no message that is not there', () => {
    expect(answer('alice', { message: undefined })).toBe('message_not_found');
  });

  it('appends which message', () => {
    const state = { conversation: crowd, message: message({ seq: 3 }) };
    expect(decideDeleteMessage(state, { id: 'e1', actorId: 'alice' })).toEqual([
      { id: 'e1', type: 'message.deleted', data: { seq: 3 } },
    ]);
  });
});
