import type { Entry } from './entry.ts';
import type { ReadMarkers } from './projections.ts';

/** How far entries show their makers to have read: whoever writes has seen their own message. */
export function readMarkersIn(entries: readonly Entry[]): ReadMarkers {
  const markers = new Map<string, number>();
  for (const entry of entries) {
    if (entry.type === 'message.sent') markers.set(entry.actorId, entry.seq);
    else for (const { id } of entry.data.members) if (!markers.has(id)) markers.set(id, entry.seq);
  }
  return markers;
}
