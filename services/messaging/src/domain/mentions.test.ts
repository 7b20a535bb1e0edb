import { describe, expect, it } from '@jest/globals';
import { maxMentions } from '@natter/contracts';
import { group } from './_fixtures.ts';
import { mentionsIn, namesCalledIn } from './mentions.ts';

const longest = 'x'.repeat(32);

const calls: [string, string[]][] = [
  ['@bob', ['bob']],
  ['@bob at the beginning', ['bob']],
  ['in the @bob middle', ['bob']],
  ['at the end @bob', ['bob']],
  ['a line\n@bob\nbelow', ['bob']],
  ['@BoB', ['bob']],
  ['@bob @BOB @bob', ['bob']],
  ['@carol and @bob', ['carol', 'bob']],
  ['@bob,@carol', ['bob', 'carol']],
  ['@bob.', ['bob']],
  ['@bob...', ['bob']],
  ['@bob!', ['bob']],
  ['@bob?', ['bob']],
  ['@bob:', ['bob']],
  ["@bob's", ['bob']],
  ['(@bob)', ['bob']],
  ['"@bob"', ['bob']],
  ['*@bob*', ['bob']],
  ['@bob_', ['bob']],
  ['@bob-', ['bob']],
  ['@bob👋', ['bob']],
  ['👋@bob', ['bob']],
  ['❤\ufe0f@bob', ['bob']],
  ['1\ufe0f\u20e3@bob', ['bob']],
  ['@a.b_c-d', ['a.b_c-d']],
  ['@7of9', ['7of9']],
  ['@b', ['b']],
  [`@${longest}`, [longest]],
];

const noCalls = [
  'bob',
  '@',
  '@ bob',
  '@@bob',
  '@.bob',
  '@-bob',
  'bob@example.com',
  'a.b@example.com',
  'first_@example',
  '@bob@example.com',
  'https://example.com/@bob',
  'see example.com/@bob/posts',
  'x@bob',
  '7@bob',
  'é@bob',
  'e\u0301@bob',
  'Привет@bob',
  '你好@bob',
  '@bobé',
  '@bob\u0301',
  '@bobПривет',
  '@bob你好',
  '@josé',
  '@bob.é',
  '@бob',
  `@${longest}x`,
  `@${'x'.repeat(100)}`,
];

describe('namesCalledIn', () => {
  it.each(calls)('%j calls %j', (content, names) => {
    expect(namesCalledIn(content)).toEqual(names);
  });

  it.each(noCalls)('%j calls nobody', (content) => {
    expect(namesCalledIn(content)).toEqual([]);
  });
});

describe('mentionsIn', () => {
  const ids = Array.from({ length: maxMentions + 1 }, (_, index) => `u${index}`);
  const conversation = group(Object.fromEntries(ids.map((id) => [id, 'member'])));

  it('is of members only, in the order in which they are called', () => {
    expect(mentionsIn(conversation, ['u2', 'stranger', 'u1'])).toEqual(['u2', 'u1']);
  });

  it('is of 50 at most', () => {
    expect(mentionsIn(conversation, ['stranger', ...ids.slice(1)])).toHaveLength(50);
    expect(() => mentionsIn(conversation, ids)).toThrow(
      expect.objectContaining({ code: 'validation_failed' }),
    );
  });
});
