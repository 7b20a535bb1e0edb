import type { LivePosition } from '@natter/contracts';
import { syncMarginMs } from '../domain/sync-margin.ts';
import type { ChangesPage } from './read-changes.ts';

/** So many conversations a position names at most: of others active since its watermark some entries come twice. */
export const revsKept = 32;

/**
 * Where a client has got to with a page of changes.
 *
 * @param given how many of those that were looked at the page has room for.
 */
export function positionAfter(
  position: LivePosition,
  { began, looked, beyond }: ChangesPage,
  given: number,
): LivePosition {
  const { epoch, at } = position;
  const next = looked[given]?.before ?? beyond;
  const revs = { ...(isWhole(position, next) ? {} : position.revs) };
  for (const { conversationId, changed, rev } of looked.slice(0, given)) {
    const known = rev ?? position.revs[conversationId];
    // The latest changed stay longest, and an object keeps the order in which its keys came.
    delete revs[conversationId];
    if (known !== undefined && changed >= began - syncMarginMs) revs[conversationId] = known;
  }
  const kept = Object.fromEntries(Object.entries(revs).slice(-revsKept));
  if (next === undefined) return { kind: 'changes', epoch, at: began, revs: kept };
  return { kind: 'changes', epoch, at, revs: kept, beyond: { began, ...next } };
}

/** A run of one page has seen all that the position names, if it can still be of use. */
const isWhole = ({ beyond }: LivePosition, next: unknown): boolean =>
  beyond === undefined && next === undefined;
