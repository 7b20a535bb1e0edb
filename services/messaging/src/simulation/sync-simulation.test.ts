import { expect, it } from '@jest/globals';
import { runSeed } from './run-seed.ts';
import { runSeeds } from './seeds.ts';

it(
  'clients that sync under every trouble miss nothing with the seeds 1 to 300',
  () => runSeeds(1, 300, 'syncing'),
  60_000,
);

it('they do the same thing again with the same seed', async () => {
  const [once, again] = [await runSeed(7, {}, 'syncing'), await runSeed(7, {}, 'syncing')];
  expect(again.trace).toEqual(once.trace);
});
