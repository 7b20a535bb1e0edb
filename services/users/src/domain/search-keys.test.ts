import { expect, test } from '@jest/globals';
import { foldCase, searchKeysOf } from './search-keys.ts';

test.each([
  ['Alice', 'aLICE'],
  ['STRASSE', 'straße'],
  ['ΟΔΟΣ', 'οδος'],
  ['\u00c9lise', 'E\u0301lise'],
])('%s is found by %s', (one, other) => {
  expect(foldCase(one)).toBe(foldCase(other));
});

test('a prefix stays a prefix when it is folded', () => {
  expect(foldCase('ΟΔΟΣΑ').startsWith(foldCase('ΟΔΟΣ'))).toBe(true);
});

test('a user is found by every prefix of either name, each kept once', () => {
  const keys = searchKeysOf({ username: 'al', displayName: 'Ali \u{1f600}' });
  expect(keys).toEqual(['a', 'al', 'ali', 'ali ', 'ali \u{1f600}']);
});
