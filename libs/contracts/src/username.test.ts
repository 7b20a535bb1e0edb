import { expect, test } from '@jest/globals';
import { idSchema } from './ids.ts';
import { newUsernameSchema, usernameSchema } from './username.ts';

test.each([
  ['a', 'a'],
  ['Alice', 'alice'],
  ['7of9', '7of9'],
  ['a.b_c-d', 'a.b_c-d'],
  ['x'.repeat(32), 'x'.repeat(32)],
])('%s may be taken, as %s', (name, folded) => {
  expect(newUsernameSchema.parse(name)).toBe(folded);
});

test.each([
  ['nothing', ''],
  ['33 characters', 'x'.repeat(33)],
  ['no letter', '123-456'],
  ['a dot at the beginning', '.alice'],
  ['a dash at the end', 'alice-'],
  ['an underscore alone', '_'],
  ['a blank', 'al ice'],
  ['a line break at the end', 'alice\n'],
  ['a letter that is not ASCII', 'jos\u00e9'],
  ['a letter that folds into ASCII (the Kelvin sign)', '\u212aelvin'],
  ['a letter that folds into two (dotted I)', '\u0130stanbul'],
  ['a slash', 'al/ice'],
  ['what a subject would take apart', 'alice>'],
])('%s is refused', (_, name) => {
  expect(usernameSchema.safeParse(name).success).toBe(false);
});

test.each([
  'me',
  'all',
  'here',
  'everyone',
  'deleted',
  'system',
  'admin',
  'administrator',
  'root',
  'support',
  'natter',
  'ROOT',
  'adm1n',
  'adrnin',
  'R00T',
  'deIeted',
])('%s is reserved: it may be asked for, not taken', (name) => {
  expect(newUsernameSchema.safeParse(name).error?.issues).toMatchObject([{ message: 'Is reserved' }]);
  expect(usernameSchema.parse(name)).toBe(name.toLowerCase());
});

test.each(['ali', 'Rne', 'root2'])(
  '%s only looks like a word, or contains a role, and may be taken',
  (name) => {
    expect(newUsernameSchema.parse(name)).toBe(name.toLowerCase());
  },
);

test('no username looks like an id, and no id like a username', () => {
  const id = '0198c0de-0000-7000-8000-00000000000a';
  expect(idSchema.safeParse(id).success).toBe(true);
  expect(usernameSchema.safeParse(id).success).toBe(false);
  expect(idSchema.safeParse(id.replaceAll('-', '')).success).toBe(false);
});
