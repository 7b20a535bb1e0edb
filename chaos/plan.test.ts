import { expect, it } from '@jest/globals';
import { planRuns } from './plan.ts';

const choicesOf = (seed: number) =>
  planRuns(seed, { rounds: 1, replicas: 2 }).map(({ name, fault, afterMs, load, conversations }) => ({
    name,
    fault: fault.description,
    afterMs,
    load,
    conversations,
  }));

it('makes the same choices for the same seed, and others for another', () => {
  expect(choicesOf(7)).toEqual(choicesOf(7));
  expect(choicesOf(7)).not.toEqual(choicesOf(8));
});
