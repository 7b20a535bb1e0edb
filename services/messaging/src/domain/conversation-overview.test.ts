import { describe, expect, it } from '@jest/globals';
import { group } from './_fixtures.ts';
import { namedMembers, overviewOf } from './conversation-overview.ts';

const groupOf = (size: number) =>
  group(Object.fromEntries(Array.from({ length: size }, (_, index) => [`u${index}`, 'member'])));

describe('overviewOf', () => {
  it.each([
    [0, 0],
    [50, 50],
    [51, 50],
    [1_000, 50],
  ])('of a group of %i names the first %i, and counts all', (size, named) => {
    const conversation = groupOf(size);
    const { firstMembers, memberCount } = overviewOf(conversation);
    expect(firstMembers).toEqual(conversation.members.slice(0, named));
    expect(memberCount).toBe(size);
  });

  it('keeps the rest of the conversation', () => {
    const { members, joins: _joins, ...rest } = groupOf(2);
    expect(overviewOf(groupOf(2))).toEqual({ ...rest, firstMembers: members, memberCount: 2 });
    expect(namedMembers).toBe(50);
  });
});
