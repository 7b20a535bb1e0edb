import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { findProgram } from '../src/index.ts';
import { buildFolder } from '../src/providers/build-folder.ts';
import { NotProvidedError, type Provider } from '../src/providers/provider.ts';
import type { ServerProgram } from '../src/providers/server-program.ts';
import { temporaryFolder } from './_folder.ts';

const folder = temporaryFolder();

const context = () => ({
  data: folder(),
  cache: folder(),
  say: () => {},
  signal: new AbortController().signal,
});
const kind = (...providers: Provider[]) => ({ name: 'MongoDB' as const, providers, remedy: 'Install one' });
const program = (title: string): ServerProgram => ({
  provider: 'path',
  title,
  command: title,
  argumentsFor: async () => [],
});
const having = (engine: string): Provider => ({ engine, provide: async () => program(engine) });
const lacking = (engine: string): Provider => ({
  engine,
  provide: () => Promise.reject(new NotProvidedError(`${engine} is not on PATH`)),
});

describe('the first provider that works', () => {
  test('is taken, in their order', async () => {
    const found = await findProgram(kind(lacking('a'), having('b'), having('c')), context());
    expect(found).toEqual({
      program: expect.objectContaining({ title: 'b' }),
      folder: path.join(folder(), 'b'),
    });
  });

  test('is one whose engine has written the data, where there is data', async () => {
    await mkdir(path.join(folder(), 'c'));
    const found = await findProgram(kind(having('a'), having('b'), having('c')), context());
    expect(found.program.title).toBe('c');
  });

  test('is never another engine than that of the data', async () => {
    await mkdir(path.join(folder(), 'b'));
    await expect(findProgram(kind(having('a'), lacking('b')), context())).rejects.toThrow(
      `There is no MongoDB server for the data in ${folder()}/b: b is not on PATH. Install one.`,
    );
  });

  test('is missed with the reasons of all and what to do', async () => {
    await expect(findProgram(kind(lacking('a'), lacking('b')), context())).rejects.toThrow(
      'There is no MongoDB server: a is not on PATH; b is not on PATH. Install one.',
    );
  });

  test('is not looked for any further after an error that nobody expected', async () => {
    const broken: Provider = { engine: 'a', provide: () => Promise.reject(new TypeError('oops')) };
    await expect(findProgram(kind(broken, having('b')), context())).rejects.toThrow('oops');
  });
});

describe('a folder of the cache', () => {
  test('that two starts build at once is from one of them, and whole', async () => {
    const target = path.join(folder(), 'server');
    const build = (name: string) =>
      buildFolder(target, async (building) => {
        await writeFile(path.join(building, 'a'), name);
        await writeFile(path.join(building, 'b'), name);
      });
    await Promise.all([build('first'), build('second')]);
    const contents = await Promise.all(['a', 'b'].map((file) => readFile(path.join(target, file), 'utf8')));
    expect(new Set(contents).size).toBe(1);
    expect(await readdir(folder())).toEqual(['server']);
  });

  test('that could not be built leaves nothing behind', async () => {
    const failing = buildFolder(path.join(folder(), 'server'), async (building) => {
      await writeFile(path.join(building, 'a'), '');
      throw new Error('no network');
    });
    await expect(failing).rejects.toThrow('no network');
    expect(await readdir(folder())).toEqual([]);
  });
});
