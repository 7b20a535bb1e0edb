import type { KeptMarker } from '../domain/projection-archive.ts';
import { type Judgement, right, wrong } from './judge.ts';
import type { LogReading } from './log-reading.ts';

export interface MarkerJudgement extends Judgement {
  userId: string;
  kept: KeptMarker | undefined;
  /** How far its owner has surely read; undefined for whoever never was a member. */
  shown: number | undefined;
}

/** Compares the markers of a conversation, which were read first, with what its log shows. */
export function judgeMarkers(
  kept: readonly KeptMarker[],
  { markers, seq }: Pick<LogReading, 'markers' | 'seq'>,
): MarkerJudgement[] {
  const byUser = new Map(kept.map((marker) => [marker.userId, marker]));
  const userIds = new Set([...markers.keys(), ...byUser.keys()]);
  return [...userIds].map((userId) => {
    const one = { userId, kept: byUser.get(userId), shown: markers.get(userId) };
    return { ...one, ...judgeOne(one, seq) };
  });
}

function judgeOne({ kept, shown }: Pick<MarkerJudgement, 'kept' | 'shown'>, seq: number): Judgement {
  if (shown === undefined) return wrong('is of nobody who was ever a member');
  if (kept === undefined) return shown === 0 ? right : wrong('is missing');
  if (!kept.sound) return wrong('names others than its key');
  if (kept.readSeq > seq) return wrong(`is at ${kept.readSeq}, beyond the last message`);
  if (kept.readSeq >= shown) return right;
  return { standing: 'behind', detail: `stays at ${kept.readSeq}, below the log` };
}
