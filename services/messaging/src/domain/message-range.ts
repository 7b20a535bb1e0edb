export type PagePosition = { before: number } | { after: number } | { around: number };

/** A bounded run of seqs, both ends included; empty where `from` is greater than `to`. */
export interface MessageRange {
  from: number;
  to: number;
}

/**
 * The seqs of one page in a conversation of `seq` messages. Seqs are dense, so a page is a range of numbers: it
 * costs the same wherever it lies. `around` centres, and moves inwards at an end to stay a full page.
 */
export function messageRange(seq: number, limit: number, position?: PagePosition): MessageRange {
  if (position === undefined) return upTo(seq, limit);
  if ('before' in position) return upTo(Math.min(position.before - 1, seq), limit);
  if ('after' in position) return { from: position.after + 1, to: Math.min(position.after + limit, seq) };
  const last = Math.min(position.around + Math.floor(limit / 2), seq);
  const first = Math.max(last - limit + 1, 1);
  return { from: first, to: Math.min(first + limit - 1, seq) };
}

function upTo(to: number, limit: number): MessageRange {
  return { from: Math.max(to - limit + 1, 1), to };
}
