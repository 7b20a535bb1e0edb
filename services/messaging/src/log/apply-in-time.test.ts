import { expect, test } from '@jest/globals';
import { created } from '../domain/_fixtures.ts';
import type { ProjectionChange } from '../domain/projections.ts';
import { applyInTime } from './apply-in-time.ts';

const change = { conversation: {}, entries: [created], messages: [] } as unknown as ProjectionChange;

/** How changes are applied, where each time takes so many milliseconds. */
async function applied(...took: readonly number[]) {
  const times: (readonly ProjectionChange[])[] = [];
  let now = 1_000;
  const apply = async (changes: readonly ProjectionChange[]) => {
    now += took[times.length] ?? 0;
    times.push(changes);
  };
  await applyInTime({ apply }, [change], () => now);
  return times;
}

test('changes that are applied in half of the margin are applied once', async () => {
  expect(await applied(30_000)).toEqual([[change]]);
});

test('what took longer is touched again, until that did not', async () => {
  const again = [{ ...change, restored: true }];
  expect(await applied(30_001, 30_000)).toEqual([[change], again]);
  expect(await applied(90_000, 30_001, 0)).toEqual([[change], again, again]);
});
