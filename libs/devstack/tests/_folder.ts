import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';
import { dataRoot } from '@natter/testkit';

/** A new empty folder for each test of the file. */
export function temporaryFolder(): () => string {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(await dataRoot(), 'natter-devstack-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  return () => folder;
}
