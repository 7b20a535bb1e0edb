import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { signalGroup } from '../processes/signal-group.ts';
import type { ProviderContext } from './provider.ts';

export interface Step {
  readonly command: string;
  readonly args: readonly string[];
  /** The lines of its output that people should see. */
  readonly show: RegExp;
  readonly timeoutMs: number;
}

/** A step that ended badly; `output` is what it wrote to stderr. */
export class StepError extends Error {
  override readonly name = 'StepError';
  readonly output: string;

  constructor(message: string, output: string) {
    super(message);
    this.output = output;
  }
}

/** Runs a program that prepares something, showing what it says. When this returns, nothing of it runs on. */
export async function runStep(step: Step, { say, signal }: ProviderContext): Promise<void> {
  const timeout = AbortSignal.timeout(step.timeoutMs);
  const [code, errors] = await runUntil(AbortSignal.any([signal, timeout]), step, (line) => {
    if (step.show.test(line)) say(`  ${line.trim()}`);
  });
  signal.throwIfAborted();
  if (timeout.aborted) throw new StepError(`took longer than ${step.timeoutMs / 1_000} s`, errors);
  if (code !== 0) throw new StepError(`ended with exit code ${code}`, errors);
}

async function runUntil(
  end: AbortSignal,
  { command, args }: Step,
  onLine: (line: string) => void,
): Promise<[code: number | null, errors: string]> {
  end.throwIfAborted();
  // A group of its own, so that whatever it starts in turn can be ended with it.
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const kill = () => child.pid !== undefined && signalGroup(child.pid, 'SIGKILL');
  end.addEventListener('abort', kill);
  try {
    return await outcome(child, onLine);
  } finally {
    end.removeEventListener('abort', kill);
  }
}

async function outcome(
  child: ChildProcessByStdio<null, Readable, Readable>,
  onLine: (line: string) => void,
): Promise<[code: number | null, errors: string]> {
  createInterface({ input: child.stdout }).on('line', onLine);
  const [[code], errors] = await Promise.all([once(child, 'close'), text(child.stderr)]);
  return [code, errors];
}
