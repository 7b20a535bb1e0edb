import type { Entry } from '@natter/client';

/** What a listener was given, and what it began with. */
export interface Heard {
  readonly entries: readonly Pick<Entry, 'conversationId' | 'rev'>[];
  readonly begun: ReadonlyMap<string, number>;
}

/**
 * Holds what a listener was given against how far the logs of its conversations go.
 *
 * @param heads the latest rev of each conversation.
 * @returns what was not given, or more than once, or not in order.
 */
export function faultsOfEntries({ entries, begun }: Heard, heads: ReadonlyMap<string, number>): string[] {
  const faults: string[] = [];
  const next = new Map([...begun].map(([id, rev]) => [id, rev + 1]));
  for (const { conversationId, rev } of entries) {
    const expected = next.get(conversationId) ?? 1;
    if (rev !== expected) faults.push(`${conversationId}: entry ${rev} came where ${expected} was next`);
    next.set(conversationId, Math.max(expected, rev + 1));
  }
  for (const [id, head] of heads) {
    const last = (next.get(id) ?? 1) - 1;
    if (last !== head) faults.push(`${id}: the last entry that came is ${last}, of ${head}`);
  }
  return faults;
}
