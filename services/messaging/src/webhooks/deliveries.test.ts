import { expect, test } from '@jest/globals';
import { Random } from '../simulation/random.ts';
import { delivered, openDeliveries, refused, webhook } from './_deliveries.ts';
import { holdMs } from './courier.ts';

const entries = 12;

/** So often that every entry is taken, whatever happens on the way. */
const rounds = 300;

/** Several processes at one queue, of which any may stand still, or die after the receiver took an entry. */
async function run(seed: number) {
  const random = new Random(seed);
  const taken: number[] = [];
  const stand = async () => {
    for (let turns = random.between(0, 6); turns > 0; turns -= 1) await new Promise(setImmediate);
    if (random.chance(15)) deliveries.wait(holdMs);
  };
  const deliveries = await openDeliveries(async ({ rev }) => {
    await stand();
    if (random.chance(20)) return refused;
    taken.push(rev);
    await stand();
    if (random.chance(15)) throw new Error('killed');
    return delivered;
  });
  for (let round = 0, left = entries; round < rounds; round += 1) {
    const count = Math.min(left, random.between(0, 3));
    left -= count;
    const processes = [
      deliveries.takeDue(),
      deliveries.takeDue(),
      deliveries.append(count),
      deliveries.takeDue(),
    ];
    await Promise.allSettled(processes);
    deliveries.wait(random.between(1, holdMs));
    if (left === 0 && (await deliveries.queues.summarize(webhook.id)).waiting === 0) break;
  }
  return taken;
}

test('whoever stands still, dies or comes late: every entry is taken, and first in the order of the log', async () => {
  const inOrder = Array.from({ length: entries }, (_, index) => index + 1);
  let repeated = 0;
  for (let seed = 1; seed <= 150; seed += 1) {
    const taken = await run(seed);
    expect([seed, ...new Set(taken)]).toEqual([seed, ...inOrder]);
    if (taken.length > entries) repeated += 1;
  }
  expect(repeated).toBeGreaterThan(50);
});
