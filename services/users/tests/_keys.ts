import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'natter-users-'));
});

afterAll(() => rm(folder, { recursive: true }));

/** A file that is there until the last test of this test file. @returns its path. */
export async function writeTemporaryFile(content: string | Buffer): Promise<string> {
  const file = join(folder, `${randomUUID()}.pem`);
  await writeFile(file, content, { mode: 0o600 });
  return file;
}

/** A PEM file with a new private key on the curve. */
export async function writeKeyFile(namedCurve = 'P-256'): Promise<string> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve });
  return await writeTemporaryFile(privateKey.export({ type: 'pkcs8', format: 'pem' }));
}
