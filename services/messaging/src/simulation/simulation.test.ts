import { describe, expect, it } from '@jest/globals';
import { runSeed } from './run-seed.ts';
import { runSeeds } from './seeds.ts';

/** `simulation-more.test.ts` has the other half, for the other core. */
describe('the conversation log under every trouble', () => {
  it('keeps every invariant with the seeds 1 to 5,000', () => runSeeds(1, 5_000), 300_000);

  it('does the same thing again with the same seed', async () => {
    const [once, again] = [await runSeed(7), await runSeed(7)];
    expect(again.trace).toEqual(once.trace);
    expect((await runSeed(8)).trace).not.toEqual(once.trace);
  });
});
