import type { Entry } from './entry.ts';

/** The entries of all conversations in the order of their ids, and how far they were gone through. */
export interface AppendedEntries {
  /** Those with an id above `after` and below `before`, the first of them, at most `limit`. */
  readBetween(after: string, before: string, limit: number): Promise<Entry[]>;

  /** The id up to which they were gone through; undefined where nobody has. */
  reached(): Promise<string | undefined>;

  /** Says how far they were gone through; never back. */
  advance(id: string): Promise<void>;
}
