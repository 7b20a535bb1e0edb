import { describe, expect, it } from '@jest/globals';
import { answerOf, faultsOf, group } from './_fixtures.ts';
import {
  type CreateConversation,
  decideCreateConversation,
  groupHashOf,
  groupIdOf,
} from './create-conversation.ts';

const command: CreateConversation = {
  id: 'e1',
  actorId: 'alice',
  title: 'Friends',
  memberIds: ['bob', 'carol'],
  refused: false,
  maxMembers: 3,
};

const nowhere = { conversation: undefined };

describe('decideCreateConversation', () => {
  it('begins a group whose owner the actor is', () => {
    expect(decideCreateConversation(nowhere, command)).toEqual([
      {
        id: 'e1',
        type: 'conversation.created',
        data: {
          kind: 'group',
          title: 'Friends',
          members: [
            { id: 'alice', role: 'owner' },
            { id: 'bob', role: 'member' },
            { id: 'carol', role: 'member' },
          ],
        },
      },
    ]);
  });

  it('counts once whoever is named twice, and the actor', () => {
    const memberIds = ['bob', 'alice', 'bob', 'carol'];
    expect(decideCreateConversation(nowhere, { ...command, memberIds })).toEqual(
      decideCreateConversation(nowhere, command),
    );
  });

  it('may begin a group of one', () => {
    const [entry] = decideCreateConversation(nowhere, { ...command, memberIds: [] });
    expect(entry).toMatchObject({ data: { members: [{ id: 'alice', role: 'owner' }] } });
  });

  it.each([
    ['one of them is nobody', nowhere, { memberIds: undefined }, 'user_not_found'],
    ['one of them keeps the actor off', nowhere, { refused: true }, 'forbidden'],
    ['they are too many', nowhere, { memberIds: ['bob', 'carol', 'dave'] }, 'validation_failed'],
    ['the conversation is there', { conversation: group({ alice: 'owner' }) }, {}, 'idempotency_key_reused'],
  ])('refuses when %s', (_case, state, over, code) => {
    expect(answerOf(() => decideCreateConversation(state, { ...command, ...over }))).toBe(code);
  });

  it('says that the members are at fault when they are too many', () => {
    expect(faultsOf(() => decideCreateConversation(nowhere, { ...command, maxMembers: 2 }))).toEqual([
      '/members',
    ]);
  });
});

describe('groupIdOf', () => {
  it('is another for another key or user, and the same for the same', () => {
    const ids = [groupIdOf('alice', 'k1'), groupIdOf('alice', 'k2'), groupIdOf('bob', 'k1')];
    expect(new Set(ids).size).toBe(3);
    expect(groupIdOf('alice', 'k1')).toBe(ids[0]);
  });
});

describe('groupHashOf', () => {
  it('differs where the title or the members do', () => {
    const bodies = [
      groupHashOf('Friends', ['bob']),
      groupHashOf('friends', ['bob']),
      groupHashOf('Friends', []),
    ];
    expect(new Set(bodies).size).toBe(3);
  });

  it('cares neither for the order of the members nor how often they are named', () => {
    expect(groupHashOf('Friends', ['carol', 'bob', 'carol'])).toBe(groupHashOf('Friends', ['bob', 'carol']));
  });
});
