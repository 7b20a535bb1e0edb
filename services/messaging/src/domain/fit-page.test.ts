import { describe, expect, it } from '@jest/globals';
import { fitPage } from './fit-page.ts';

const cases: [string, number[], number, number, [number, number]][] = [
  ['everything where it fits', [1, 1, 1], 0, 3, [0, 3]],
  ['the oldest where it is anchored there', [2, 2, 2], 0, 4, [0, 2]],
  ['the newest where it is anchored there', [2, 2, 2], 2, 4, [1, 3]],
  ['both sides of an anchor between', [1, 1, 1, 1, 1], 2, 3, [1, 4]],
  ['the anchor at least', [9, 9, 9], 1, 1, [1, 2]],
  ['nothing of nothing', [], 0, 10, [0, 0]],
];

describe('fitPage', () => {
  it.each(cases)('takes %s', (_name, sizes, anchor, budget, [start, end]) => {
    expect(fitPage(sizes, anchor, budget)).toEqual({ start, end });
  });
});
