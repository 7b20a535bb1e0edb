import type { Archives } from '../audit/archives.ts';
import type { Judgement } from '../audit/judge.ts';
import { judgeMarkers, type MarkerJudgement } from '../audit/judge-markers.ts';
import type { LogReading } from '../audit/log-reading.ts';
import { putRight } from './put-right.ts';
import { readLog } from './read-log.ts';
import { type Rebuilding, rebuildEach } from './rebuild-each.ts';

/**
 * Gives everybody who ever was a member a marker that is at least where the log shows them to have read. Where it is
 * further it stays: who reads without writing leaves nothing in the log.
 */
export function rebuildMemberships(archives: Archives, rebuilding: Rebuilding): Promise<void> {
  const repair = (id: string) => putRight(() => lookAndRepair(archives, id));
  const { log, projections: kept } = archives;
  return rebuildEach(log, { kept, repair, remove: (id) => remove(archives, id) }, rebuilding);
}

async function lookAndRepair({ log, projections }: Archives, id: string): Promise<Judgement> {
  const kept = await projections.markersOf(id);
  const reading = await readLog(log, id);
  const faulty = judgeMarkers(kept, reading).filter(({ standing }) => standing !== 'right');
  for (const marker of faulty) await repairOne(projections, id, marker, reading);
  return (
    faulty.find(({ standing }) => standing === 'wrong') ?? faulty[0] ?? { standing: 'right', detail: '' }
  );
}

async function repairOne(
  projections: Archives['projections'],
  conversationId: string,
  { userId, kept, shown }: MarkerJudgement,
  { seq, removals }: LogReading,
): Promise<void> {
  if (shown === undefined) return projections.removeMarkers([{ conversationId, userId }]);
  const read = kept?.readSeq ?? shown;
  const readSeq = read > shown ? Math.min(read, seq) : shown;
  const marker = { conversationId, userId, readSeq };
  return projections.replaceMarker(marker, { seenSeq: kept?.readSeq, left: removals.get(userId) });
}

async function remove({ projections }: Archives, id: string): Promise<boolean> {
  const markers = await projections.markersOf(id);
  await projections.removeMarkers(markers);
  return markers.length > 0;
}
