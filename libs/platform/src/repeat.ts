import { setTimeout as sleep } from 'node:timers/promises';

export interface RepeatOptions {
  /** From the end of one run to the beginning of the next, in milliseconds. */
  everyMs: number;
  /** Before the first run, in milliseconds. */
  delayMs?: number;
  /** Told of the first of several failures in a row; the task is run again all the same. */
  onFailure: (error: unknown) => void;
}

/** Something that goes on until it is stopped. */
export interface Repeating {
  /** Resolves when the run under way has come to its end. */
  stop(): Promise<void>;
}

/** Runs a task now, or after a delay, and again and again. */
export function repeat(
  task: () => Promise<void>,
  { everyMs, delayMs = 0, onFailure }: RepeatOptions,
): Repeating {
  const stopping = new AbortController();
  const { signal } = stopping;
  const rest = (ms: number) => sleep(ms, undefined, { signal }).catch(() => undefined);

  const run = async (): Promise<void> => {
    let failing = false;
    if (delayMs > 0) await rest(delayMs);
    while (!signal.aborted) {
      try {
        await task();
        failing = false;
      } catch (error) {
        if (!failing) onFailure(error);
        failing = true;
      }
      await rest(everyMs);
    }
  };

  const ended = run();
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}
