import { isDeepStrictEqual } from 'node:util';

/** What is kept of something at some rev of its log. */
export interface Kept {
  readonly rev: number;
}

/** What the log says of it. */
export interface Folded<T extends Kept> {
  /** At the rev where it is kept, if the log has that. */
  at: T | undefined;
  /** At the end of the log. */
  head: T | undefined;
}

export interface Judgement {
  /** `behind` is right where it stands, and not yet at the end of the log. */
  standing: 'right' | 'behind' | 'wrong';
  detail: string;
}

/** Compares a projection, which was read first, with the fold of its log. */
export function judge<T extends Kept>(kept: T | undefined, { at, head }: Folded<T>): Judgement {
  if (head === undefined) return kept === undefined ? right : wrong('has no log');
  if (kept === undefined) return wrong('is missing');
  if (at === undefined) return wrong(`stands at rev ${kept.rev}, which its log does not have`);
  const fields = differences(kept, at);
  if (fields.length > 0) return wrong(`differs at rev ${kept.rev} in ${fields.join(', ')}`);
  if (kept.rev < head.rev) return { standing: 'behind', detail: `stays at rev ${kept.rev}` };
  return right;
}

export const right: Judgement = { standing: 'right', detail: '' };

export const wrong = (detail: string): Judgement => ({ standing: 'wrong', detail });

function differences<T extends object>(one: T, other: T): string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<string & keyof T>;
  return [...names].filter((name) => !isDeepStrictEqual(one[name], other[name]));
}
