import type { Entry } from './entry.ts';

/** How far each member has read, by user id; who is not there has read nothing. */
export type ReadMarkers = ReadonlyMap<string, number>;

/**
 * How far entries show somebody to have read: whoever writes has seen their own message, whoever joins starts there.
 * The entries may come in any order.
 */
export function readMarkersIn(entries: readonly Entry[]): ReadMarkers {
  const markers = new Map<string, number>();
  const raise = (userId: string, seq: number) => markers.set(userId, Math.max(markers.get(userId) ?? 0, seq));
  for (const { type, data, actorId, seq } of entries) {
    if (type === 'member.added') raise(data.userId, seq);
    if (type === 'message.sent') raise(actorId, seq);
  }
  return markers;
}
