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
  const heads = /^\| (Row|Risk|Requirement) \|/;
  expect(
    rows.filter((row) => !heads.test(row) && !/`[\w./-]+\.(test\.m?[jt]s|ts|sh|yaml)`|npm run/.test(row)),
  ).toEqual([]);
});

test('no risk of the OWASP API Top 10 is left out', () => {
  const named = [...document.matchAll(/^\| API(\d+):2023 /gm)].map(([, number]) => Number(number));
  expect(named).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});
