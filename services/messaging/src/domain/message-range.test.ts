import { describe, expect, it } from '@jest/globals';
import { messageRange, type PagePosition } from './message-range.ts';

const cases: [string, number, number, PagePosition | undefined, number, number][] = [
  ['the newest page', 100, 10, undefined, 91, 100],
  ['all there is', 3, 10, undefined, 1, 3],
  ['before a seq', 100, 10, { before: 50 }, 40, 49],
  ['before one near the beginning', 100, 10, { before: 4 }, 1, 3],
  ['before one beyond the head', 100, 10, { before: 1_000 }, 91, 100],
  ['after a seq', 100, 10, { after: 50 }, 51, 60],
  ['after one near the head', 100, 10, { after: 95 }, 96, 100],
  ['after nothing: the oldest page', 100, 10, { after: 0 }, 1, 10],
  ['around a seq', 100, 10, { around: 50 }, 46, 55],
  ['around the first', 100, 10, { around: 1 }, 1, 10],
  ['around the last', 100, 10, { around: 100 }, 91, 100],
  ['around one beyond the head', 100, 10, { around: 5_000 }, 91, 100],
  ['around, one a page', 100, 1, { around: 50 }, 50, 50],
];

const empty: [string, number, PagePosition | undefined][] = [
  ['no messages', 0, undefined],
  ['no messages around', 0, { around: 1 }],
  ['before the first', 100, { before: 1 }],
  ['after the last', 100, { after: 100 }],
  ['after one beyond the head', 100, { after: 1_000 }],
];

describe('messageRange', () => {
  it.each(cases)('gives %s', (_name, seq, limit, position, from, to) => {
    expect(messageRange(seq, limit, position)).toEqual({ from, to });
  });

  it.each(empty)('is empty for %s', (_name, seq, position) => {
    const { from, to } = messageRange(seq, 10, position);
    expect(from).toBeGreaterThan(to);
  });
});
