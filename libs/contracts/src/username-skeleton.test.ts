import { expect, test } from '@jest/globals';
import { usernameSkeletonOf } from './username-skeleton.ts';

test.each([
  ['alice', 'a1ice', 'aiice', 'al1ce', 'a11ce'],
  ['bob', 'b0b'],
  ['mark', 'rnark'],
  ['wendy', 'vvendy'],
  ['william', 'vv11l1arn'],
  ['moon-10', 'rno0n-lo', 'm00n-i0'],
])('%s could be taken for %s', (name, ...lookalikes) => {
  expect(new Set(lookalikes.map(usernameSkeletonOf))).toEqual(new Set([usernameSkeletonOf(name)]));
});

test.each([
  ['alice', 'alica'],
  ['anna', 'hanna'],
  ['bill', 'bell'],
  ['user1', 'user2'],
  ['user1', 'user10'],
  ['a.b', 'a-b'],
  ['a_b', 'a-b'],
  ['ab', 'a.b'],
  ['clara', 'dara'],
  ['norbert', 'morbert'],
])('%s could not be taken for %s', (one, other) => {
  expect(usernameSkeletonOf(one)).not.toBe(usernameSkeletonOf(other));
});

test('no two numbers look alike', () => {
  const skeletons = Array.from({ length: 1_000 }, (_, number) => usernameSkeletonOf(`user${number}`));
  expect(new Set(skeletons).size).toBe(1_000);
});
