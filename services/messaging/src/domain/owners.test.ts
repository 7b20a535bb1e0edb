import { describe, expect, it } from '@jest/globals';
import { group } from './_fixtures.ts';
import { checkOtherOwner, checkOwnerRemains, heirOf } from './owners.ts';

const alone = group({ olga: 'owner' });
const only = group({ olga: 'owner', mia: 'member' });
const shared = group({ olga: 'owner', otto: 'owner' });

describe('checkOtherOwner', () => {
  it('wants another owner', () => {
    expect(() => checkOtherOwner(shared, 'olga')).not.toThrow();
    expect(() => checkOtherOwner(only, 'olga')).toThrow(expect.objectContaining({ code: 'last_owner' }));
    expect(() => checkOtherOwner(alone, 'olga')).toThrow(expect.objectContaining({ code: 'last_owner' }));
  });
});

describe('checkOwnerRemains', () => {
  it('wants another owner only for those who stay', () => {
    expect(() => checkOwnerRemains(shared, 'olga')).not.toThrow();
    expect(() => checkOwnerRemains(only, 'olga')).toThrow(expect.objectContaining({ code: 'last_owner' }));
    expect(() => checkOwnerRemains(alone, 'olga')).not.toThrow();
  });
});

describe('heirOf', () => {
  it.each([
    ['nobody where another owner is', shared, undefined],
    ['nobody where nobody is left', alone, undefined],
    ['a member where nobody is admin', only, 'mia'],
    [
      'the first admin, though members were there before',
      group({ mia: 'member', olga: 'owner', adam: 'admin', anna: 'admin' }),
      'adam',
    ],
  ])('is %s', (_case, conversation, heir) => {
    expect(heirOf(conversation, 'olga')?.id).toBe(heir);
  });
});
