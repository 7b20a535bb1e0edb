import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';

const root = path.join(import.meta.dirname, '..');

const document = readFileSync(path.join(root, 'docs/security.md'), 'utf8');

const rows = document.split('\n').filter((line) => /^\| (?!---)/.test(line));

/** In backticks, with a folder and an ending. */
const files = [...document.matchAll(/`([\w./-]+\/[\w.-]+\.[a-z]+)`/g)].map(([, file]) => file);

test('every file that is named is there', () => {
  expect(files.length).toBeGreaterThan(30);
  expect(files.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});

test('every row names what shows it', () => {
  const heads = /^\| (Row|Risk|Requirement|Until) \|/;
  expect(
    rows.filter((row) => !heads.test(row) && !/`[\w./-]+\.(test\.m?[jt]s|ts|sh|yaml)`|npm run/.test(row)),
  ).toEqual([]);
});

test('no risk of the OWASP API Top 10 is left out', () => {
  const named = [...document.matchAll(/^\| API(\d+):2023 /gm)].map(([, number]) => Number(number));
  expect(named).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

/** How many requirements of each section are of level 1 or 2: all, but those at the end. V5, V10 and V17 bind nobody here. */
const asvs = {
  1: [2, 9, 11, 3, 2],
  2: [3, 3, 4, 1],
  3: [0, 2, 4, 6, 5, 0, 2],
  4: [3, 1, 2, 4],
  6: [3, 12, 4, 4, 5, 3, 0, 4],
  7: [3, 4, 2, 5, 2, 2],
  8: [2, 3, 1, 1],
  9: [3, 4],
  11: [2, 3, 3, 4, 1, 1],
  12: [3, 2, 4],
  13: [1, 5, 2, 5],
  14: [2, 4, 3],
  15: [3, 3, 7],
  16: [1, 5, 4, 3, 3],
};

test('no requirement of levels 1 and 2 of the ASVS 5.0 is left out', () => {
  const [, text] = document.split('## OWASP ASVS');
  const named = new Set(text.match(/\b\d+\.\d+\.\d+\b/g));
  const all = Object.entries(asvs).flatMap(([chapter, sections]) =>
    sections.flatMap((count, section) =>
      Array.from({ length: count }, (_, index) => `${chapter}.${section + 1}.${index + 1}`),
    ),
  );
  expect(all).toHaveLength(208);
  expect(all.filter((requirement) => !named.has(requirement))).toEqual([]);
});
