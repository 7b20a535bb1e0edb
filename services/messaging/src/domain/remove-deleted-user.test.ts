import { describe, expect, it } from '@jest/globals';
import { direct, group } from './_fixtures.ts';
import type { Conversation } from './conversation.ts';
import { decideRemoveDeletedUser } from './remove-deleted-user.ts';

const decide = (conversation: Conversation | undefined, userId = 'gone') =>
  decideRemoveDeletedUser({ conversation }, { id: 'e2', successionId: 'e1', userId });

const removal = { id: 'e2', type: 'member.removed', data: { userId: 'gone' } };

const succession = (userId: string) => ({
  id: 'e1',
  type: 'member.role_changed',
  data: { userId, role: 'owner' },
});

describe('decideRemoveDeletedUser', () => {
  it.each([
    ['a plain member', group({ olga: 'owner', gone: 'member' })],
    ['an owner beside another', group({ gone: 'owner', olga: 'owner', adam: 'admin' })],
    ['the only member', group({ gone: 'owner' })],
  ])('takes out %s', (_case, conversation) => {
    expect(decide(conversation)).toEqual([removal]);
  });

  it.each([
    [
      'the longest-serving admin',
      group({ gone: 'owner', mia: 'member', adam: 'admin', anna: 'admin' }),
      'adam',
    ],
    ['the longest-serving member', group({ mia: 'member', gone: 'owner', max: 'member' }), 'mia'],
  ])('makes %s owner before the only one goes', (_case, conversation, heir) => {
    expect(decide(conversation)).toEqual([succession(heir), removal]);
  });

  it.each([
    ['is there no more', group({ olga: 'owner' })],
    ['wrote directly', direct({ members: [{ id: 'gone', role: 'member', joined: 1 }] })],
    ['was never anywhere', undefined],
  ])('appends nothing for somebody who %s', (_case, conversation) => {
    expect(decide(conversation)).toEqual([]);
  });
});
