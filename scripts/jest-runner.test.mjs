import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { shared } from '../jest.config.mjs';

const jest = createRequire(import.meta.url).resolve('jest/bin/jest');

/** Twice the same, since Jest chooses which of them comes first. */
const leaving = `import { expect, jest, test } from '@jest/globals';
  import { counted } from './_helper.ts';
  test('finds the process as it was, and leaves things behind', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(Math.random()).toBeLessThan(1);
    expect(process.env).toMatchObject({ KEPT: 'as it was' });
    expect(process.env.LEFT).toBeUndefined();
    expect(counted.tests).toBe(0);
    jest.useFakeTimers();
    jest.spyOn(Math, 'random').mockReturnValue(2);
    Object.assign(process.env, { LEFT: 'behind', KEPT: 'changed' });
  });
  test('has the hooks of its helper', () => expect(counted.tests).toBe(1));`;

const files = {
  '_helper.ts': `import { afterEach } from '@jest/globals';
    export const counted: { tests: number } = { tests: 0 };
    afterEach(() => { counted.tests += 1; });`,
  'a.test.ts': leaving,
  'b.test.ts': leaving,
  'faults.test.ts': `import { expect, test } from '@jest/globals';
    const turn = () => new Promise((resolve) => setTimeout(resolve, 1));
    test('unequal', () => expect({ a: 1 }).toEqual({ a: 2 }));
    test('unhandled', async () => { void Promise.reject(new Error('nobody hears')); await turn(); });
    test('uncaught', async () => { setImmediate(() => { throw new Error('in a callback'); }); await turn(); });
    test('endless', () => new Promise(() => {}), 1);
    test('passes', () => {});`,
  'import.test.ts': `import { test } from '@jest/globals';
    test('never seen', () => {});
    throw new Error('while it loads');`,
  'missing.test.ts': `import './nowhere.ts';`,
  'helper.ts': `import { afterEach } from '@jest/globals';
    export const help = () => afterEach;`,
  'named.test.ts': `import './helper.ts';`,
  'empty.test.ts': 'export const nothing = 0;',
};

let folder;
let run;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'natter-jest-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
  run = runJest();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** In one process, so that the files follow each other. */
function runJest(...options) {
  const root = path.join(import.meta.dirname, '..');
  const [testEnvironment, testRunner] = [shared.testEnvironment, shared.testRunner].map((file) =>
    file.replace('<rootDir>', root),
  );
  const config = JSON.stringify({ ...shared, rootDir: folder, testEnvironment, testRunner });
  const fixed = [jest, '--config', config, '--runInBand', '--json', '--no-cache'];
  const env = { ...process.env, KEPT: 'as it was' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [...fixed, ...options], {
    env,
    encoding: 'utf8',
    timeout: 120_000,
    killSignal: 'SIGKILL',
  });
  const { testResults } = JSON.parse(stdout);
  const named = (end) => testResults.find(({ name }) => name.endsWith(end));
  return {
    status,
    stderr,
    named,
    statuses: (end) => named(end).assertionResults.map(({ status: is }) => is),
  };
}

test('a test file does not notice what ran before it in the same process', () => {
  expect(run.stderr).not.toMatch(/● (finds|has)/);
  expect([run.statuses('a.test.ts'), run.statuses('b.test.ts')]).toEqual([
    ['passed', 'passed'],
    ['passed', 'passed'],
  ]);
});

test('a test fails that throws, rejects, takes too long, or does so where nobody listens', () => {
  expect(run.status).toBe(1);
  expect(run.statuses('faults.test.ts')).toEqual(['failed', 'failed', 'failed', 'failed', 'passed']);
});

test.each([
  ['unequal', /-\s+"a": 2,\s+\+\s+"a": 1,/],
  ['unhandled', /nobody hears/],
  ['uncaught', /in a callback/],
  ['endless', /Exceeded timeout of 1 ms/],
])('what is %s is said with its place', (name, message) => {
  const { failureMessages } = run
    .named('faults.test.ts')
    .assertionResults.find(({ title }) => title === name);
  expect(failureMessages.join('\n')).toMatch(message);
  expect(run.stderr).toMatch(new RegExp(`faults\\.test\\.ts:\\d+:\\d+`));
});

test.each([
  ['import.test.ts', /while it loads/],
  ['missing.test.ts', /Cannot find module .*nowhere\.ts/],
  ['named.test.ts', /helper\.ts imports @jest\/globals, so its name/],
  ['empty.test.ts', /must contain at least one test/],
])('%s fails as a file', (name, message) => {
  const { status, message: said } = run.named(name);
  expect([status, said]).toEqual(['failed', expect.stringMatching(message)]);
});

test('-t picks tests by name, in files that are picked by path', () => {
  const { status, statuses } = runJest('-t', 'passes', 'faults');
  expect([status, statuses('faults.test.ts')]).toEqual([
    0,
    ['pending', 'pending', 'pending', 'pending', 'passed'],
  ]);
});
