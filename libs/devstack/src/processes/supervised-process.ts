import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { judgeDeath } from './restart-policy.ts';
import { signalGroup } from './signal-group.ts';

export interface ProcessDefinition {
  /** For people. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** A file's descriptor that takes what it writes, or a function that gets the lines. */
  readonly output: number | ((line: string) => void);
}

export interface ProcessExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** RFC 3339. */
  readonly at: string;
}

export interface ProcessWatcher {
  /** The process has another pid, or none, than before. */
  changed(): void;
  died(exit: ProcessExit, restartInMs: number): void;
  /** It died too often; it will not be started again. */
  gaveUp(exit: ProcessExit): void;
}

/**
 * A program that is kept running: it is started again, whatever its exit code, until it is stopped or has died
 * quickly too often. It leads a process group of its own, so a Ctrl-C on the terminal does not reach it, and holds
 * a channel to this process, by which it can tell that this process is gone.
 */
export class SupervisedProcess {
  readonly name: string;
  readonly #definition: ProcessDefinition;
  readonly #watcher: ProcessWatcher;
  #child: ChildProcess | undefined;
  #lastExit: ProcessExit | null = null;
  #startedAt = 0;
  #quickDeaths = 0;
  #restart: NodeJS.Timeout | undefined;
  #stopping = false;

  constructor(definition: ProcessDefinition, watcher: ProcessWatcher) {
    this.name = definition.name;
    this.#definition = definition;
    this.#watcher = watcher;
  }

  /** Null between a death and the next start. */
  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  get lastExit(): ProcessExit | null {
    return this.#lastExit;
  }

  start(): void {
    const child = spawnProcess(this.#definition);
    this.#child = child;
    this.#startedAt = performance.now();
    child.once('exit', (code, signal) => this.#ended(code, signal));
    // A program that can't even be started never exits.
    child.on('error', () => child.pid === undefined && this.#ended(null, null));
    this.#watcher.changed();
  }

  /**
   * Asks it to stop, and ends it with all that it started after `withinMs`.
   *
   * @returns whether it stopped by itself.
   */
  async stop(withinMs: number): Promise<boolean> {
    this.#stopping = true;
    clearTimeout(this.#restart);
    const child = this.#child;
    if (child === undefined) return true;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const timer = setTimeout(() => this.kill(), withinMs);
    await ended;
    clearTimeout(timer);
    return child.signalCode !== 'SIGKILL';
  }

  /** Ends it at once, with all that it started. */
  kill(): void {
    this.#stopping = true;
    clearTimeout(this.#restart);
    if (this.pid !== null) signalGroup(this.pid, 'SIGKILL');
  }

  #ended(code: number | null, signal: NodeJS.Signals | null): void {
    // What it may have left behind.
    if (this.pid !== null) signalGroup(this.pid, 'SIGKILL');
    this.#child = undefined;
    this.#lastExit = { code, signal, at: new Date().toISOString() };
    if (!this.#stopping) this.#startAgain(this.#lastExit);
    this.#watcher.changed();
  }

  #startAgain(exit: ProcessExit): void {
    const verdict = judgeDeath(this.#quickDeaths, performance.now() - this.#startedAt);
    if (verdict === 'give up') return this.#watcher.gaveUp(exit);
    this.#quickDeaths = verdict.quickDeaths;
    this.#restart = setTimeout(() => this.start(), verdict.restartInMs);
    this.#watcher.died(exit, verdict.restartInMs);
  }
}

function spawnProcess({ command, args, environment, output }: ProcessDefinition): ChildProcess {
  const sink = typeof output === 'number' ? output : 'pipe';
  const child = spawn(command, args, {
    env: environment,
    detached: true,
    stdio: ['ignore', sink, sink, 'ipc'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null && typeof output === 'function')
      createInterface({ input: stream }).on('line', output);
  }
  return child;
}
