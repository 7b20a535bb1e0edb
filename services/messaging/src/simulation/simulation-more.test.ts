import { it } from '@jest/globals';
import { runSeeds } from './seeds.ts';

it(
  'the conversation log keeps every invariant with the seeds 5,001 to 10,000',
  () => runSeeds(5_001, 10_000),
  300_000,
);
