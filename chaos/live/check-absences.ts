import type { Entry } from '@natter/client';
import type { Absence } from './comings-and-goings.ts';
import type { HeardEntry } from './listener.ts';

type Heard = Pick<HeardEntry, 'conversationId' | 'rev' | 'heardAt'>;

/** @returns the revs of a conversation at which a user was no member, after the entry that removed them. */
export function revsWithout(userId: string, log: readonly Entry[]): Set<number> {
  const revs = new Set<number>();
  let absent = false;
  for (const { rev, type, data } of log) {
    if (type === 'member.added' && data.userId === userId) absent = false;
    if (absent) revs.add(rev);
    if (type === 'member.removed' && data.userId === userId) absent = true;
  }
  return revs;
}

/**
 * @param absences of the listener's user.
 * @param revs of each conversation, at which the user was no member.
 * @returns what came to the listener of what happened after its user's removal, though nobody had asked to add them again.
 */
export function faultsOfAbsences(
  entries: readonly Heard[],
  absences: readonly Absence[],
  revs: ReadonlyMap<string, ReadonlySet<number>>,
): string[] {
  return absences.flatMap(({ conversationId, rev, until }) =>
    entries
      .filter((entry) => entry.conversationId === conversationId && entry.rev > rev && entry.heardAt < until)
      .filter((entry) => revs.get(conversationId)?.has(entry.rev))
      .map((entry) => `${conversationId}: entry ${entry.rev} came to one who had been removed by ${rev}`),
  );
}
