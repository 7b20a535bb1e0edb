import { setImmediate as settled } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { HashingQueue } from './hashing-queue.ts';

function startGated(queue: HashingQueue, count: number) {
  const started: number[] = [];
  const gates = Array.from({ length: count }, () => Promise.withResolvers<void>());
  const results = gates.map((gate, index) =>
    queue.run(async () => {
      started.push(index);
      await gate.promise;
      return index;
    }),
  );
  return { started, gates, results };
}

test('work runs at once up to the bound, and then in the order in which it came', async () => {
  const { started, gates, results } = startGated(
    new HashingQueue({ atOnce: 2, waiting: 2, waitMs: 10_000 }),
    4,
  );
  await settled();
  expect(started).toEqual([0, 1]);
  gates[1]?.resolve();
  await settled();
  expect(started).toEqual([0, 1, 2]);
  for (const gate of gates) gate.resolve();
  expect(await Promise.all(results)).toEqual([0, 1, 2, 3]);
});

test('work beyond those who may wait is refused as overloaded, and the rest is done', async () => {
  const { gates, results } = startGated(new HashingQueue({ atOnce: 1, waiting: 1, waitMs: 10_000 }), 3);
  await expect(results[2]).rejects.toMatchObject({ code: 'overloaded', retryAfter: 1 });
  for (const gate of gates) gate.resolve();
  expect(await Promise.all(results.slice(0, 2))).toEqual([0, 1]);
});

test('work that fails gives its place to the next', async () => {
  const queue = new HashingQueue({ atOnce: 1, waiting: 1, waitMs: 10_000 });
  const failing = queue.run(() => Promise.reject(new Error('no memory')));
  const next = queue.run(async () => 'done');
  await expect(failing).rejects.toThrow('no memory');
  expect(await next).toBe('done');
  expect(await queue.run(async () => 'again')).toBe('again');
});

test('what has waited for too long is refused as overloaded, and the next keeps its turn', async () => {
  const queue = new HashingQueue({ atOnce: 1, waiting: 2, waitMs: 20 });
  const { gates, results } = startGated(queue, 2);
  await expect(results[1]).rejects.toMatchObject({ code: 'overloaded' });
  const next = queue.run(async () => 'next');
  gates[0]?.resolve();
  expect(await next).toBe('next');
});
