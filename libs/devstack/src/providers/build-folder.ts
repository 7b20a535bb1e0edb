import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes a folder of the cache as a whole or not at all: it is built beside its place and renamed. Of two starts
 * that build the same at once, one wins and the other takes the winner's.
 */
export async function buildFolder(folder: string, build: (folder: string) => Promise<void>): Promise<void> {
  await mkdir(path.dirname(folder), { recursive: true });
  const building = await mkdtemp(`${folder}.building-`);
  try {
    await build(building);
    await rename(building, folder);
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    if (!isOccupied(error)) throw error;
  }
}

function isOccupied(error: unknown): boolean {
  return ['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '');
}
