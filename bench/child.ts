import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Milliseconds after which a process that does not answer is taken to have failed. */
const answerWithinMs = 60_000;

/** A process of its own, which ends with this one. */
export function startChild(
  script: string,
  environment: Readonly<Record<string, string>>,
  execArgv: readonly string[] = [],
) {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), {
    env: { ...process.env, ...environment },
    execArgv: [...process.execArgv, ...execArgv],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return {
    pid: child.pid as number,
    /** Holds it to one processor; of no effect on systems without `taskset`. */
    pinTo: (processor: number) => pin(child.pid as number, processor),
    /** Asks it, by a message, something that it answers by one, questions and answers in the same order. */
    ask: async (question: string | number | object): Promise<unknown> => {
      const answered = once(child, 'message', { signal: AbortSignal.timeout(answerWithinMs) });
      child.send(question);
      const [answer] = await answered;
      return answer;
    },
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function pin(pid: number, processor: number): void {
  try {
    execFileSync('taskset', ['-a', '-c', '-p', `${processor}`, `${pid}`], { stdio: 'ignore' });
  } catch (error) {
    console.log(`Not held to one processor: ${(error as Error).message}`);
  }
}
