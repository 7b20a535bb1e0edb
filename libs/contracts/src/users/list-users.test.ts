import { expect, test } from '@jest/globals';
import { listUsers } from './list-users.ts';

test.each(['x', '\u{1f600}'])('a search is for as many of %s as a display name may have', (character) => {
  const { q } = listUsers.request.shape;
  expect(q.safeParse(character.repeat(64)).success).toBe(true);
  expect(q.safeParse(character.repeat(65)).success).toBe(false);
});
