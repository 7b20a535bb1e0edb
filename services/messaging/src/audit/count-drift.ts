import { setTimeout as sleep } from 'node:timers/promises';
import type { Archives } from './archives.ts';
import { auditAll } from './audit-all.ts';
import type { FindingKind } from './finding.ts';

const projections = ['conversations', 'memberships', 'messages', 'search'] as const satisfies FindingKind[];

export type DriftCounts = Readonly<Record<(typeof projections)[number], number>>;

/** So that a round takes little from the service: at most 20 conversations and 500 entries a second. */
const pace = { conversationMs: 50, entryMs: 2 };

/** Goes through all conversations once, slowly. @returns how much of each projection differs from the logs. */
export async function countDrift(archives: Archives, signal: AbortSignal): Promise<DriftCounts> {
  const counts = { conversations: 0, memberships: 0, messages: 0, search: 0 };
  await auditAll({
    archives,
    signal,
    onRead: (entries) => sleep(Math.max(pace.conversationMs, entries * pace.entryMs), undefined, { signal }),
    onFinding: ({ kind }) => {
      if (isProjection(kind)) counts[kind] += 1;
    },
  });
  return counts;
}

const isProjection = (kind: FindingKind): kind is keyof DriftCounts =>
  (projections as readonly FindingKind[]).includes(kind);
