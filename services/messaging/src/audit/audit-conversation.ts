import type { ArchivedEntry } from '../domain/log-archive.ts';
import type { KeptMarker } from '../domain/projection-archive.ts';
import type { Archives } from './archives.ts';
import type { Finding, FindingKind } from './finding.ts';
import { type Judgement, judge } from './judge.ts';
import { judgeMarkers } from './judge-markers.ts';
import { judgeSearch, seqsSentIn, straySeqs } from './judge-search.ts';
import { LogReading } from './log-reading.ts';
import { foldedMessage, type MessageReading, readMessages } from './message-reading.ts';

/** Told of entries as they are read; what it takes is taken before more are. */
export type OnRead = (entries: number) => Promise<void> | void;

/**
 * Looks whether one log is whole and its projections are what it comes to. What is merely on its way is told of too:
 * it will be gone, or be something else, at another look.
 */
export async function auditConversation(
  archives: Archives,
  conversationId: string,
  onRead: OnRead,
): Promise<Finding[]> {
  const { log, projections } = archives;
  // What is kept first: what is read of the log afterwards is at least as new.
  const kept = await projections.findConversation(conversationId);
  const markers = await projections.markersOf(conversationId);
  const reading = new LogReading(conversationId, kept?.rev);
  const faults: Fault[] = [];
  for await (const part of log.entriesOf(conversationId)) {
    for (const { entry } of part) reading.take(entry);
    faults.push(...unrelayedIn(part), ...(await faultsOfMessages(archives, conversationId, part)));
    await onRead(part.length);
  }
  const strays = await straySeqs(archives, conversationId, reading.seq);
  faults.push(...strays.map((seq): Fault => ['search', `that of message ${seq} is of none`]));
  if (reading.isWhole) faults.push(...faultsOf('conversations', '', judge(kept, reading.conversation)));
  if (reading.isWhole) faults.push(...faultsOfMarkers(markers, reading));
  return [...reading.findings, ...faults.map(([kind, detail]) => ({ kind, conversationId, detail }))];
}

type Fault = [kind: FindingKind, detail: string];

async function faultsOfMessages(
  { log, search }: Archives,
  conversationId: string,
  part: readonly ArchivedEntry[],
): Promise<Fault[]> {
  const seqs = seqsSentIn(part);
  if (seqs.length === 0) return [];
  const found = await search.find(conversationId, seqs);
  const messages = await readMessages(log, conversationId, part);
  const drift = messages.flatMap((message) =>
    faultsOf('messages', nameOf(message), judge(message.kept, foldedMessage(message))),
  );
  const texts = messages.flatMap((message) =>
    message.textLeftAt.map((rev): Fault => ['text', `${nameOf(message)}has one at rev ${rev}`]),
  );
  const searched = judgeSearch(found, messages).flatMap(({ message, ...judgement }) =>
    faultsOf('search', `that of ${nameOf(message)}`, judgement),
  );
  return [...drift, ...texts, ...searched];
}

const nameOf = ({ kept }: MessageReading): string => `message ${kept.seq} `;

const faultsOfMarkers = (kept: readonly KeptMarker[], reading: LogReading): Fault[] =>
  judgeMarkers(kept, reading).flatMap(({ userId, ...judgement }) =>
    faultsOf('memberships', `that of ${userId} `, judgement),
  );

const unrelayedIn = (part: readonly ArchivedEntry[]): Fault[] =>
  part.filter(({ marked }) => marked).map(({ entry }) => ['unrelayed', `rev ${entry.rev}`]);

const faultsOf = (kind: FindingKind, name: string, { standing, detail }: Judgement): Fault[] =>
  standing === 'right' ? [] : [[kind, `${name}${detail}`]];
