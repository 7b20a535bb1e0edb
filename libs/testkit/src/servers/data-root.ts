import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';

/** In memory, where Linux has it. In containers it is often far too small. */
const inMemory = '/dev/shm';

const enoughBytes = 2 * 1024 ** 3;

/**
 * Where the data of test servers lies: in memory, if there is room. It survives the death of a process, as on a disk,
 * but no test waits for a disk that is slow because others use it.
 */
export async function dataRoot(): Promise<string> {
  const free = await statfs(inMemory).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  );
  return free >= enoughBytes ? inMemory : tmpdir();
}
