import { describe, expect, it, test } from '@jest/globals';
import { isFoundBy, searchedWordsOf, termFor, termsOf } from './search-terms.ts';

/** As the search does it: by the terms, then by the text. */
function finds(q: string, content: string): boolean {
  const words = searchedWordsOf(q);
  const terms = new Set(termsOf(content));
  return words.every((word) => terms.has(termFor(word))) && isFoundBy(content, words);
}

describe('a message is found by words and their beginnings', () => {
  test.each([
    ['Latin', 'The quick brown fox', 'qui'],
    ['another case', 'The QUICK brown fox', 'Quick'],
    ['several words in any order', 'The quick brown fox', 'fox qu'],
    ['Latin with accents', 'Ça alors, élève', 'élè'],
    ['an apostrophe', "I don't know", "don't"],
    ['the start of a number', 'costs 3.14 or 1,000', '3.1'],
    ['a name in an address', 'see https://example.com/path', 'exam'],
    ['a mention', 'ask @bob-the-builder', '@bob'],
    ['an underscore', 'call do_this()', 'do_'],
    ['German sharp s', 'Straße', 'STRASSE'],
    ['Turkish', 'İstanbul', 'İst'],
    ['Cyrillic', 'Привет, мир', 'при'],
    ['Greek, the sigma inside for the one at the end', 'ΟΔΟΣ', 'οδος'],
    ['Greek, cut at a sigma', 'σίσυφος', 'ΣΊΣ'],
    ['Arabic', 'مرحبا بالعالم', 'مرح'],
    ['Persian, without the joiner that the text has', 'می\u200Cخواهم', 'میخوا'],
    ['Hebrew', 'שלום עולם', 'עול'],
    ['Devanagari', 'नमस्ते दुनिया', 'दुनि'],
    ['Chinese', '我来到北京清华大学', '北京'],
    ['Chinese, the beginning of a word', '我来到北京清华大学', '清华'],
    ['Chinese, the end of a word', '我来到北京清华大学', '大学'],
    ['Japanese', '東京都に住んでいます。', '東京'],
    ['Katakana of half width', 'ｶﾀｶﾅ', 'カタ'],
    ['Thai, a part of a word', 'สวัสดีครับผมชื่อสมชาย', 'สวัส'],
    ['Khmer', 'សួស្តីពិភពលោក', 'ពិភព'],
    ['Thai', 'สวัสดีครับผมชื่อสมชาย', 'ครับ'],
    ['Korean', '안녕하세요 세계', '안녕'],
    ['Korean by decomposed letters', '안녕하세요', '안녕'.normalize('NFD')],
    ['words beside emoji', '👋🏽 hello👨‍👩‍👧world', 'hello world'],
    ['combining marks, composed', 'cafe\u0301', 'caf\u00E9'],
    ['combining marks, decomposed', 'caf\u00E9', 'cafe\u0301'],
    ['full width', 'ＡＢＣ １２３', 'abc 12'],
    ['a ligature', 'ﬁne', 'fi'],
    ['a soft hyphen', 'co\u00ADoperate', 'coop'],
    ['one character that is four words', 'ﷺ', 'الله'],
    ['letters outside the first plane', '𐐀𐐁𐐂', '𐐨𐐩'],
    ['scripts in one text', 'Hello Привет 東京 שלום', 'שלו hello 東京 прив'],
  ])('%s', (_, content, q) => {
    expect(finds(q, content)).toBe(true);
  });
});

describe('a message is not found by', () => {
  test.each([
    ['the middle of a word', 'The quick brown fox', 'row'],
    ['more than a word has', 'The quick brown fox', 'quicker'],
    ['one word of two', 'The quick brown fox', 'quick wolf'],
    ['two words written as one', 'The quick brown fox', 'quickbrown'],
    ['a Chinese word that is not there', '我来到北京清华大学', '上海'],
    ['the middle of a Korean word', '안녕하세요', '하세'],
    ['what only looks like a pattern', 'The quick brown fox', 'q.ck'],
  ])('%s', (_, content, q) => {
    expect(finds(q, content)).toBe(false);
  });
});

describe('words longer than a term', () => {
  const long = 'abcdefghijklmnopqrstuvwxyz0123456789';

  it('are found by all of them, and by any beginning', () => {
    for (let length = 1; length <= long.length; length += 1)
      expect(finds(long.slice(0, length), long)).toBe(true);
  });

  it('are not found where they go on in another way', () => {
    expect(finds(`${long.slice(0, 30)}x`, long)).toBe(false);
  });
});

it('a search of nothing but signs and emoji has no words', () => {
  expect(searchedWordsOf(' …!? 🎉👨‍👩‍👧 \u00AD ')).toEqual([]);
});

it('a word searched for says nothing that a longer one says', () => {
  expect(searchedWordsOf('an and a band AND')).toEqual(['band', 'and']);
});

it('a message has each term once', () => {
  expect(termsOf('To be or not to be, too')).toEqual([
    't',
    'to',
    'b',
    'be',
    'o',
    'or',
    'n',
    'no',
    'not',
    'too',
  ]);
});

it('a message without words has no terms', () => {
  expect([termsOf(''), termsOf('👋🏽!')]).toEqual([[], []]);
});

it('a text that was made to have very many terms has some thousand, those of its first words', () => {
  const words = Array.from({ length: 1_300 }, (_, index) => index.toString(36).padStart(3, 'x'));
  const terms = termsOf(words.join(' '));
  expect(terms.length).toBeLessThanOrEqual(2_000);
  expect(new Set(terms).size).toBe(terms.length);
  expect(terms).toContain(words[500]);
});
