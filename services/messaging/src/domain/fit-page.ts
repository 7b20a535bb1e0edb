/** A part of a list: from `start` up to, and not including, `end`. */
export interface Slice {
  start: number;
  end: number;
}

/**
 * The largest part of a page that stays within a budget: it grows from the item at `anchor` to both sides, the
 * nearer first, and has that item at least.
 *
 * @param sizes of the items, and `budget`, in the same unit.
 */
export function fitPage(sizes: readonly number[], anchor: number, budget: number): Slice {
  let start = anchor;
  let end = Math.min(anchor + 1, sizes.length);
  let left = budget - (sizes[anchor] ?? 0);
  while (start > 0 || end < sizes.length) {
    const backwards = start > 0 && (end === sizes.length || anchor - start < end - anchor);
    left -= (backwards ? sizes[start - 1] : sizes[end]) ?? 0;
    if (left < 0) break;
    if (backwards) start -= 1;
    else end += 1;
  }
  return { start, end };
}
