import { expect, test } from '@jest/globals';
import { isForMember } from './activity-audience.ts';

const whose = { conversationId: 'here', userId: 'alice', username: 'alice' };
const receipt = { type: 'receipt' as const, data: { ...whose, readSeq: 1 } };

test.each([
  ['everyone', ['alice', 'bob']],
  ['others', ['bob']],
  ['self', ['alice']],
] as const)(
  'of members, what is for %s is for %j, but for whom a block keeps apart',
  (audience, expected) => {
    const pushed = { activity: receipt, audience, hiddenFrom: audience === 'self' ? [] : ['carol'] };
    expect(['alice', 'bob', 'carol'].filter((userId) => isForMember(pushed, userId))).toEqual(expected);
  },
);
