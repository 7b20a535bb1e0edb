import { expect, it } from '@jest/globals';
import { simulate } from './_simulate.ts';
import { runSeed } from './run-seed.ts';

it('clients that sync under every trouble miss nothing with the seeds 1 to 300', async () => {
  expect(await simulate('--seeds', '300', '--syncing')).toBe('300 seeds: every invariant held');
}, 60_000);

it('they do the same thing again with the same seed', async () => {
  const [once, again] = [await runSeed(7, {}, 'syncing'), await runSeed(7, {}, 'syncing')];
  expect(again.trace).toEqual(once.trace);
});
