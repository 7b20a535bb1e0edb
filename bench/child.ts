import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process of its own, which ends with this one. */
export function startChild(script: string, environment: Readonly<Record<string, string>>) {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return {
    pid: child.pid as number,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/**
 * Holds a process, and whatever processes it starts from now on, to processors, as `taskset` lists them: `0`, `0-3`. Of
 * no effect on systems without it.
 */
export function pin(pid: number, processors: string): void {
  try {
    execFileSync('taskset', ['-a', '-c', '-p', processors, `${pid}`], { stdio: 'ignore' });
  } catch (error) {
    console.log(`Not held to one processor: ${(error as Error).message}`);
  }
}
