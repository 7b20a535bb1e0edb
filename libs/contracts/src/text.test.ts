import { expect, test } from '@jest/globals';
import {
  contentSchema,
  displayNameSchema,
  emojiSchema,
  maxContentBytes,
  newPasswordSchema,
  passwordSchema,
  titleSchema,
} from './text.ts';

const content = contentSchema(4_000);

/** 4 bytes of UTF-8, 2 UTF-16 units, 1 code point. */
const astral = '\u{1f600}';

const blanks = [
  ['nothing', ''],
  ['spaces', '   '],
  ['line breaks and tabs', '\r\n\t'],
  ['a no-break space', '\u00a0'],
  ['an ideographic space', '\u3000'],
  ['a line separator', '\u2028'],
  ['a zero-width space', '\u200b'],
  ['zero-width joiners', '\u200d\u200c'],
  ['a word joiner', '\u2060'],
  ['a byte order mark', '\ufeff'],
  ['a soft hyphen', '\u00ad'],
  ['a grapheme joiner', '\u034f'],
  ['a Hangul filler', '\u3164'],
  ['a variation selector', '\ufe0f'],
  ['a tag character', '\u{e0041}'],
  ['a mix of them', ' \u200b\u3164\n'],
] as const;

const illFormed = [
  ['a lone high surrogate', 'before \ud83d after'],
  ['a lone low surrogate', 'before \ude00 after'],
  ['a NUL', 'before \0 after'],
] as const;

test.each(blanks)('%s is no content, no display name and no title', (_, text) => {
  for (const schema of [content, displayNameSchema, titleSchema])
    expect(schema.safeParse(text).success).toBe(false);
});

test.each(illFormed)('%s is refused in content, display names, titles and passwords', (_, text) => {
  for (const schema of [content, displayNameSchema, titleSchema, passwordSchema])
    expect(schema.safeParse(text).success).toBe(false);
});

test.each([
  ['blanks around it', '  hello\r\n'],
  ['a letter with a combining accent', 'e\u0301'],
  ['the same letter in one', '\u00e9'],
  ['a family of joined emoji', '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'],
  ['characters that turn the direction', '\u202eevil'],
  ['control characters', '\u0007\u001b[31m'],
  ['markup', '<b>&amp;'],
])('content with %s is kept byte for byte', (_, text) => {
  expect(content.parse(text)).toBe(text);
});

test.each([
  ['letters', 'x'],
  ['astral characters', astral],
])('content has at most 4,000 code points: %s', (_, character) => {
  expect(content.safeParse(character.repeat(4_000)).success).toBe(true);
  expect(content.safeParse(character.repeat(4_001)).success).toBe(false);
});

test('content has at most 16 KiB of UTF-8, however many characters are allowed', () => {
  const roomy = contentSchema(20_000);
  expect(maxContentBytes).toBe(16_384);
  expect(roomy.safeParse(astral.repeat(4_096)).success).toBe(true);
  expect(roomy.safeParse(`${astral.repeat(4_096)}x`).success).toBe(false);
  expect(roomy.safeParse('x'.repeat(16_385)).success).toBe(false);
});

test.each([42, null, undefined, ['text'], { text: 'text' }])('%p is no content', (value) => {
  expect(content.safeParse(value).success).toBe(false);
});

test('a display name has at most 64 code points', () => {
  expect(displayNameSchema.parse(astral.repeat(64))).toBe(astral.repeat(64));
  expect(displayNameSchema.safeParse('x'.repeat(65)).success).toBe(false);
});

test.each(['x', astral])('a title has 1 to 100 code points like %s', (character) => {
  for (const length of [1, 100]) expect(titleSchema.safeParse(character.repeat(length)).success).toBe(true);
  expect(titleSchema.safeParse(character.repeat(101)).success).toBe(false);
});

test('a title is kept as it is', () => {
  expect(titleSchema.parse('  Friends \u2014 \u{1f389} ')).toBe('  Friends \u2014 \u{1f389} ');
});

const turning = '\u202a \u202b \u202c \u202d \u202e \u2066 \u2067 \u2068 \u2069'.split(' ');
const controls = ['\u0001', '\u0007', '\t', '\n', '\r', '\u001b', '\u007f', '\u0085'];

test.each([...turning, ...controls])('a display name and a title with %j are refused', (character) => {
  for (const schema of [displayNameSchema, titleSchema])
    expect(schema.safeParse(`Al${character}ice`).success).toBe(false);
});

test.each(['\u061c', '\u200e', '\u200f'])(
  'a display name may have the mark %j, but not only that',
  (mark) => {
    const name = `\u05d0${mark} (B.)`;
    expect(displayNameSchema.parse(name)).toBe(name);
    expect(displayNameSchema.safeParse(mark).success).toBe(false);
  },
);

test.each(['Alice B.', '李明', 'علي', "O'Neil-Šmíd", '\u{1f469}\u200d\u{1f680}'])(
  '%s is a display name',
  (name) => {
    expect(displayNameSchema.parse(name)).toBe(name);
  },
);

test.each([
  ['of ASCII', 'x'],
  ['of 2 bytes', '\u00e9'],
  ['of 3 bytes', '\u6f22'],
  ['of 4 bytes, which are 2 units of UTF-16', astral],
  ['with an accent of its own, which has none when composed', 'e\u0301'],
  ['that are fewer as they are written than when composed', '\ufb2c'],
])('a new password has at least 8 characters, %s', (_, character) => {
  expect(newPasswordSchema.safeParse(character.repeat(7)).success).toBe(false);
  expect(newPasswordSchema.safeParse(character.repeat(8)).success).toBe(true);
});

test('a password has at most 1,024 bytes, and one of before characters were counted at least 8', () => {
  for (const schema of [passwordSchema, newPasswordSchema]) {
    expect(schema.safeParse('é'.repeat(512)).success).toBe(true);
    expect(schema.safeParse(`${'é'.repeat(512)}x`).success).toBe(false);
  }
  expect(passwordSchema.safeParse('éééé').success).toBe(true);
  expect(passwordSchema.safeParse('1234567').success).toBe(false);
});

test.each(['        ', 'aaaaaaaa', ' padded with blanks ', 'e\u0301 as two signs'])(
  'the password %j is taken as it is',
  (password) => {
    expect(newPasswordSchema.parse(password)).toBe(password);
  },
);

test.each([
  ['a face', '\u{1f600}'],
  ['a heart, shown as an emoji', '\u2764\ufe0f'],
  ['a thumb', '\u{1f44d}'],
  ['a thumb with a skin tone', '\u{1f44d}\u{1f3fd}'],
  ['a skin tone alone', '\u{1f3fd}'],
  ['a flag of a country', '\u{1f1e9}\u{1f1ea}'],
  ['a flag of a part of a country', '\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
  ['a flag of joined signs', '\u{1f3f3}\ufe0f\u200d\u{1f308}'],
  ['a family', '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}'],
  ['a profession with a skin tone', '\u{1f469}\u{1f3ff}\u200d\u{1f680}'],
  ['two people with two skin tones', '\u{1f9d1}\u{1f3fb}\u200d\u{1f91d}\u200d\u{1f9d1}\u{1f3ff}'],
  ['a keycap of a digit', '1\ufe0f\u20e3'],
  ['a keycap of a sign', '#\ufe0f\u20e3'],
])('%s is one emoji', (_, emoji) => {
  expect(emojiSchema.parse(emoji)).toBe(emoji);
});

test.each([
  ['nothing', ''],
  ['two emoji', '\u{1f600}\u{1f600}'],
  ['two flags', '\u{1f1e9}\u{1f1ea}\u{1f1eb}\u{1f1f7}'],
  ['half a flag', '\u{1f1e9}'],
  ['a flag of no country', '\u{1f1fd}\u{1f1fd}'],
  ['a letter', 'a'],
  ['a digit', '1'],
  ['the sign of a keycap', '#'],
  ['a word', ':thumbsup:'],
  ['a heart, shown as text', '\u2764\ufe0e'],
  ['a heart that does not say how it is shown', '\u2764'],
  ['an emoji with a blank behind', '\u{1f600} '],
  ['an emoji with a line break behind', '\u{1f600}\n'],
  ['an emoji and a variation selector too many', '\u{1f600}\ufe0f'],
  ['a joiner at the end', '\u{1f468}\u200d'],
  ['a skin tone on what has no skin', '\u{1f697}\u{1f3fd}'],
  ['half a surrogate pair', '\ud83d'],
])('%s is not one emoji', (_, text) => {
  expect(emojiSchema.safeParse(text).success).toBe(false);
});
