import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const script = fileURLToPath(new URL('simulate.ts', import.meta.url));

/**
 * Runs `npm run simulate -- …`. Outside Jest's sandbox, where each global is looked up through a proxy, and without the stacks
 * of the many errors that belong to it, thousands of seeds take half the time.
 *
 * @returns what it said.
 * @throws what it complains about.
 */
export async function simulate(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--stack-trace-limit=0', script, ...args]);
  return stdout.trimEnd();
}
