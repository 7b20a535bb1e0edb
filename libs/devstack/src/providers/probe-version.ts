import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { NotProvidedError } from './provider.ts';

const run = promisify(execFile);

/**
 * Asks a program for its version: proof that it is there and runs on this machine.
 *
 * @throws {NotProvidedError} when it isn't or doesn't.
 */
export async function probeVersion(command: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run(command, args, { timeout: 60_000 });
    return /\d+\.\d+[\w.-]*/.exec(stdout)?.[0] ?? 'of unknown version';
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new NotProvidedError(missing ? `${command} is not on PATH` : `${command} does not run here`);
  }
}
