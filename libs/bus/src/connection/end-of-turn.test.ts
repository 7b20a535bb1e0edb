import { expect, test } from '@jest/globals';
import { EndOfTurn } from './end-of-turn.ts';

test('all who wait in one turn of the event loop wait for the same moment', async () => {
  const endOfTurn = new EndOfTurn();
  const first = endOfTurn.reached();
  await Promise.resolve();
  expect(endOfTurn.reached()).toBe(first);
  await first;
});

test('who comes in the next turn waits for its end', async () => {
  const endOfTurn = new EndOfTurn();
  await endOfTurn.reached();
  let reached = false;
  const waiting = endOfTurn.reached().then(() => {
    reached = true;
  });
  await Promise.resolve();
  expect(reached).toBe(false);
  await waiting;
});
