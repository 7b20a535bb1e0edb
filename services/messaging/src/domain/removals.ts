import type { Entry } from './entry.ts';

/** The rev of the entry that removed them last, by user id. The entries may come in any order. */
export function removalsIn(entries: readonly Entry[]): ReadonlyMap<string, number> {
  const removals = new Map<string, number>();
  for (const { type, data, rev } of entries) {
    if (type !== 'member.removed') continue;
    removals.set(data.userId, Math.max(removals.get(data.userId) ?? 0, rev));
  }
  return removals;
}
