import { setTimeout as sleep } from 'node:timers/promises';
import type { Archives } from './archives.ts';
import { auditConversation, type OnRead } from './audit-conversation.ts';
import { type Finding, isSame } from './finding.ts';
import { withoutLog } from './without-log.ts';

export interface AuditOptions {
  archives: Archives;
  /** Told of each finding that stayed the same at every look. */
  onFinding: (finding: Finding) => void;
  /** Told of each conversation that was looked at the first time. */
  onConversation?: () => void;
  onRead?: OnRead;
  /** Between two looks, in milliseconds. */
  lookAgainAfterMs?: number;
  signal?: AbortSignal;
}

/** How often a finding is looked at again: by then two sweeps and the publishing after them have happened. */
const furtherLooks = 3;

/** The search follows events, one of which may wait 30 s for its redelivery. */
const furtherLooksAtSearch = 13;

const lookAgainAfterMs = 3_000;

/** Beyond this many the suspects so far are looked at again before others are searched for. */
const maxSuspects = 1_000;

type Suspects = ReadonlyMap<string, readonly Finding[]>;

/**
 * Audits every conversation that has a log or a projection. The service may run: whatever looks wrong is looked at
 * again some seconds later, and told of only if it is as wrong as before.
 */
export async function auditAll(options: AuditOptions): Promise<void> {
  const suspects = new Map<string, readonly Finding[]>();
  for await (const ids of idsOf(options.archives)) {
    for (const id of ids) {
      options.signal?.throwIfAborted();
      const findings = await audit(options, id);
      options.onConversation?.();
      if (findings.length > 0) suspects.set(id, findings);
    }
    if (suspects.size < maxSuspects) continue;
    await confirm(options, suspects);
    suspects.clear();
  }
  await confirm(options, suspects);
}

/** Those with a log, and then those of which only something is kept. */
async function* idsOf({ log, projections, search }: Archives): AsyncGenerator<readonly string[]> {
  yield* log.conversationIds();
  for await (const ids of projections.conversationIds()) yield await withoutLog(log, ids);
  for await (const ids of search.conversationIds()) yield await withoutLog(log, ids);
}

async function confirm(options: AuditOptions, suspects: Suspects): Promise<void> {
  let left = suspects;
  for (let look = 1; left.size > 0; look += 1) {
    await sleep(options.lookAgainAfterMs ?? lookAgainAfterMs, undefined, { signal: options.signal });
    left = await lookAgain(options, left, look);
  }
}

/** @returns what is as wrong as before and has not been looked at often enough. */
async function lookAgain(options: AuditOptions, suspects: Suspects, look: number): Promise<Suspects> {
  const left = new Map<string, readonly Finding[]>();
  for (const [id, before] of suspects) {
    const now = await audit(options, id);
    const same = before.filter((finding) => now.some((other) => isSame(finding, other)));
    for (const finding of same.filter((one) => looksAt(one) === look)) options.onFinding(finding);
    const open = same.filter((one) => looksAt(one) > look);
    if (open.length > 0) left.set(id, open);
  }
  return left;
}

const looksAt = ({ kind }: Finding): number => (kind === 'search' ? furtherLooksAtSearch : furtherLooks);

const audit = ({ archives, onRead = () => undefined }: AuditOptions, id: string): Promise<Finding[]> =>
  auditConversation(archives, id, onRead);
