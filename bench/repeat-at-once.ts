import type { Slice } from './interleave.ts';
import { processorSeconds } from './processor-seconds.ts';

/** Does something `operations` times, so many at once, in this process, whose own time is what counts. */
export async function repeatAtOnce(
  work: () => Promise<unknown>,
  { operations, atOnce }: { operations: number; atOnce: number },
): Promise<Slice> {
  const before = processorSeconds([process.pid]);
  const started = performance.now();
  let begun = 0;
  const worker = async () => {
    while (begun < operations) {
      begun += 1;
      await work();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const seconds = (performance.now() - started) / 1_000;
  return { operations, seconds, processorSeconds: processorSeconds([process.pid]) - before };
}
