import { describe, expect, it } from '@jest/globals';
import type { Entry } from '../domain/entry.ts';
import { findStart } from './find-start.ts';

const since = new Date('2026-11-25T07:00:00Z');

/** A log whose entries were appended so many seconds after `since`, or before it. */
function logOf(...seconds: number[]) {
  let reads = 0;
  const entries = seconds.map((second, index) => ({
    rev: index + 1,
    at: new Date(since.getTime() + second * 1_000),
  }));
  return {
    reads: () => reads,
    readAfter: async (_: string, after: number, limit: number) => {
      reads += 1;
      return entries.slice(after, after + limit) as Entry[];
    },
  };
}

const startOf = (log: ReturnType<typeof logOf>, upTo: number) => findStart(log, 'c', { since, upTo });

describe('where a webhook for all conversations begins', () => {
  it.each([
    ['a conversation that began after it', [1, 2], 1],
    ['one that has been silent', [-500, -400, 1, 2], 3],
    ['one whose first event is of long ago', [-500, -400], 3],
    ['one that somebody wrote in with a clock that is behind', [-500, -30, 1], 2],
    ['one whose times are in no order', [-500, -1, -300, -59, 2], 4],
  ])('in %s', async (_, seconds, expected) => {
    expect(await startOf(logOf(...seconds), seconds.length)).toBe(expected);
  });

  it('misses nothing that was appended since, whatever the times of what was before', async () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const olds = Array.from({ length: seed % 17 }, (_, n) => -(((seed * 7 + n * 31) % 200) + 1));
      const news = Array.from({ length: 1 + (seed % 5) }, (_, n) => ((seed * 13 + n * 17) % 118) - 59);
      const start = await startOf(logOf(...olds, ...news), olds.length + news.length);
      expect(start).toBeLessThanOrEqual(olds.length + 1);
    }
  });

  it('is found by few reads', async () => {
    const log = logOf(...Array.from({ length: 100_000 }, (_, n) => n - 99_990));
    expect(await startOf(log, 100_000)).toBe(99_931);
    expect(log.reads()).toBeLessThan(20);
  });
});
