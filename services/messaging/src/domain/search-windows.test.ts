import { expect, test } from '@jest/globals';
import { searchWindows } from './search-windows.ts';

test.each([1, 2, 256, 257, 258, 2_305, 2_306, 5_000])(
  'the windows below %i have every seq once, the newest first',
  (before) => {
    const seqs = [...searchWindows(before)].flatMap(({ from, to }) =>
      Array.from({ length: to - from + 1 }, (_, index) => to - index),
    );
    expect(seqs).toEqual(Array.from({ length: before - 1 }, (_, index) => before - 1 - index));
  },
);

test('a million messages are five windows', () => {
  expect([...searchWindows(1_000_000)]).toHaveLength(5);
});
