import { describe, expect, it } from '@jest/globals';
import { repeat } from './repeat.ts';

/** A task whose runs are counted, and each of which fails or not as told. */
function countedTask(fails: (run: number) => boolean) {
  const reached = new Map<number, () => void>();
  let runs = 0;
  return {
    task: async () => {
      runs += 1;
      reached.get(runs)?.();
      if (fails(runs)) throw new Error(`run ${runs}`);
    },
    runs: () => runs,
    untilRun: (run: number) => new Promise<void>((resolve) => reached.set(run, resolve)),
  };
}

describe('repeat', () => {
  it('runs the task again and again until it is stopped', async () => {
    const counted = countedTask(() => false);
    const third = counted.untilRun(3);
    const repeating = repeat(counted.task, { everyMs: 1, onFailure: () => undefined });
    await third;
    await repeating.stop();
    const runs = counted.runs();
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(counted.runs()).toBe(runs);
  });

  it('waits before the first run where it is told to, and can be stopped by then', async () => {
    const counted = countedTask(() => false);
    const repeating = repeat(counted.task, { everyMs: 1, delayMs: 60_000, onFailure: () => undefined });
    await repeating.stop();
    expect(counted.runs()).toBe(0);
  });

  it('goes on after failures, and tells of the first in a row', async () => {
    const counted = countedTask((run) => run !== 3);
    const failures: string[] = [];
    const sixth = counted.untilRun(6);
    const repeating = repeat(counted.task, {
      everyMs: 1,
      onFailure: (error) => failures.push((error as Error).message),
    });
    await sixth;
    await repeating.stop();
    expect(failures).toEqual(['run 1', 'run 4']);
  });

  it('waits for the run under way when it is stopped, and for nothing else', async () => {
    const { promise: end, resolve } = Promise.withResolvers<void>();
    let ended = false;
    const repeating = repeat(() => end.then(() => void (ended = true)), {
      everyMs: 60_000,
      onFailure: () => undefined,
    });
    const stopped = repeating.stop();
    resolve();
    await stopped;
    expect(ended).toBe(true);
  });
});
