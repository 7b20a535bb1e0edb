import { setTimeout } from 'node:timers/promises';

// Loaded into a process under test by `--import`: tells what it holds, when it is asked, and keeps it from nothing.

process.on('message', (asked) => {
  if (asked === 'memory') void report();
});
process.channel?.unref();

async function report(): Promise<void> {
  // What the first collection leaves because of weak references goes with the next.
  for (let collection = 0; collection < 3; collection += 1) {
    globalThis.gc?.();
    await setTimeout(100);
  }
  const { heapUsed, external } = process.memoryUsage();
  process.send?.(heapUsed + external);
}
