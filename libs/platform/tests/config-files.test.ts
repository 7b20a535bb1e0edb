import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { parseConfig } from '../src/index.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'natter-config-'));
});

afterAll(() => rm(folder, { recursive: true }));

const schema = z.object({ SECRET: z.string() });

async function fileOf(content: string): Promise<string> {
  const file = path.join(folder, 'secret');
  await writeFile(file, content);
  return file;
}

test.each([
  ['no newline', 'secret', 'secret'],
  ['a newline at the end', 'secret\n', 'secret'],
  ['a newline of Windows at the end', 'secret\r\n', 'secret'],
  ['two newlines at the end', 'secret\n\n', 'secret\n'],
  ['blanks around it', ' secret \n', ' secret '],
])('a file with %s', async (_, content, value) => {
  expect(parseConfig(schema, { SECRET_FILE: await fileOf(content) })).toEqual({ SECRET: value });
});

test('an empty variable beside the file counts as not set', async () => {
  const SECRET_FILE = await fileOf('secret');
  expect(parseConfig(schema, { SECRET: '', SECRET_FILE })).toEqual({ SECRET: 'secret' });
});

/** The lines of the message without its first, which says only that there are faults. */
function faultsOf(environment: Record<string, string>, of: z.ZodObject = schema): string[] {
  try {
    parseConfig(of, environment);
  } catch (error) {
    return (error as Error).message.split('\n').slice(1);
  }
  throw new Error('it was parsed');
}

test('a variable that is set in both ways is a fault, and told once', async () => {
  expect(faultsOf({ SECRET: 'a', SECRET_FILE: await fileOf('b') })).toEqual([
    '  SECRET_FILE: SECRET is set as well; set one of the two',
  ]);
});

test('a file that is not there is a fault, and told once', () => {
  expect(faultsOf({ SECRET_FILE: path.join(folder, 'missing') })).toEqual([
    `  SECRET_FILE: The file ${path.join(folder, 'missing')} is not there`,
  ]);
});

test.each(['', '\n'])('an empty file is a fault, also where there is a default: %j', async (content) => {
  const SECRET_FILE = await fileOf(content);
  expect(faultsOf({ SECRET_FILE }, z.object({ SECRET: z.string().default('weak') }))).toEqual([
    `  SECRET_FILE: The file ${SECRET_FILE} is empty`,
  ]);
});

test('faults of files and of values are told together', () => {
  const both = z.object({ SECRET: z.string(), OTHER: z.string() });
  expect(faultsOf({ SECRET_FILE: folder }, both)).toEqual([
    `  SECRET_FILE: The file ${folder} is a folder`,
    expect.stringMatching(/^ {2}OTHER: /),
  ]);
});
