import { describe, expect, it } from '@jest/globals';
import { plantedBugs } from './planted-bugs.ts';
import { runSeed } from './run-seed.ts';

describe('a planted bug is found', () => {
  it.each(plantedBugs)('$name: $breaks', async ({ variation, breaks, seed, scenario }) => {
    expect((await runSeed(seed, variation, scenario)).violation?.invariant).toBe(breaks);
    expect((await runSeed(seed, {}, scenario)).violation).toBeUndefined();
  });
});
