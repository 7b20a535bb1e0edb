const firstWindow = 256;

const growth = 8;

/** Numbers from `from` up to and including `to`. */
export interface SearchWindow {
  from: number;
  to: number;
}

/**
 * The seqs below one, the newest first, in ranges that grow: what is written often is found in the first, and what is
 * rare in a handful, however long the conversation is.
 */
export function* searchWindows(before: number): Generator<SearchWindow> {
  for (let to = before - 1, size = firstWindow; to >= 1; to -= size, size *= growth) {
    yield { from: Math.max(to - size + 1, 1), to };
  }
}
