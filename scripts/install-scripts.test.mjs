import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';

const read = (file) => JSON.parse(readFileSync(path.join(import.meta.dirname, '..', file), 'utf8'));

const { allowScripts } = read('package.json');

/** The packages that want to run a program when they are installed, by the lock file. */
const wanting = Object.entries(read('package-lock.json').packages)
  .filter(([, { hasInstallScript }]) => hasInstallScript)
  .map(([location]) => location.split('node_modules/').at(-1));

test('every package with an install script has been decided on', () => {
  expect(wanting.length).toBeGreaterThan(0);
  expect(new Set(wanting)).toEqual(new Set(Object.keys(allowScripts)));
});

test('that of Node alone is run', () => {
  expect(Object.keys(allowScripts).filter((name) => allowScripts[name])).toEqual(['node']);
});
