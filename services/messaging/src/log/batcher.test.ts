import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, it } from '@jest/globals';
import { Batcher } from './batcher.ts';

/** A batcher whose batches end when told to. */
function heldBatcher(maxItems: number) {
  const batches: { items: readonly number[]; end: (error?: Error) => void }[] = [];
  const batcher = new Batcher<number, number>(
    (items) =>
      new Promise((resolve, reject) => {
        batches.push({
          items,
          end: (error) => (error ? reject(error) : resolve(items.map((item) => item * 10))),
        });
      }),
    maxItems,
  );
  return { batcher, batches };
}

describe('Batcher', () => {
  it('starts at once with a lone item', () => {
    const { batcher, batches } = heldBatcher(10);
    void batcher.add(1);
    expect(batches.map(({ items }) => items)).toEqual([[1]]);
  });

  it('gathers what comes while a batch is under way, up to the bound', async () => {
    const { batcher, batches } = heldBatcher(2);
    const results = Promise.all([1, 2, 3, 4].map((item) => batcher.add(item)));
    for (let batch = 0; batch < 3; batch += 1) {
      batches[batch]?.end();
      await new Promise(setImmediate);
    }
    expect(batches.map(({ items }) => items)).toEqual([[1], [2, 3], [4]]);
    expect(await results).toEqual([10, 20, 30, 40]);
  });

  it('fails every item of a batch that fails, and goes on', async () => {
    const { batcher, batches } = heldBatcher(10);
    const first = batcher.add(1);
    const second = batcher.add(2);
    batches[0]?.end(new Error('lost'));
    await expect(first).rejects.toThrow('lost');
    batches[1]?.end();
    expect(await second).toBe(20);
  });

  it('works on each batch in the context of its first item, and never in that of an earlier batch', async () => {
    const trace = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    const batcher = new Batcher<string, string>(async (items) => {
      await new Promise(setImmediate);
      seen.push(trace.getStore());
      return items;
    }, 10);
    await Promise.all(['one', 'two', 'three'].map((name) => trace.run(name, () => batcher.add(name))));
    expect(seen).toEqual(['one', 'two']);
  });

  it('is idle once nothing waits any more', async () => {
    const { batcher, batches } = heldBatcher(1);
    void batcher.add(1);
    void batcher.add(2);
    let idle = false;
    const waiting = batcher.idle().then(() => {
      idle = true;
    });
    batches[0]?.end();
    await new Promise(setImmediate);
    expect(idle).toBe(false);
    batches[1]?.end();
    await waiting;
  });
});
