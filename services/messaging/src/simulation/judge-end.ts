import { isDeepStrictEqual } from 'node:util';
import { readMarkersIn } from '../domain/read-markers.ts';
import { isSameEntry, textOf } from './same-entry.ts';
import { messagesOf } from './simulated-projections.ts';
import type { World } from './world.ts';
import { markerId } from './writes.ts';

/** What must be true when everything has come to rest and the sweepers have had their say. */
export function judgeEnd(world: World): void {
  judgeMarks(world);
  judgeSights(world);
  for (const conversationId of world.chronicle.conversationIds) {
    judgeLog(world, conversationId);
    judgeProjections(world, conversationId);
    judgeTexts(world, conversationId);
    judgeMarkers(world, conversationId);
  }
}

function judgeMarks({ replicaSet: { durable }, messenger, chronicle, violations }: World): void {
  violations.expect(
    [...messenger.entryIds].every((id) => chronicle.has(id)),
    'only what is stored is published',
    () => 'the log has lost what was published',
  );
  const unpublished = durable.entries.filter(({ id }) => !messenger.has(id) || durable.marked.has(id));
  violations.expect(
    unpublished.length === 0,
    'everything is published',
    () => `entries ${unpublished.map(({ rev }) => rev).join()} are not`,
  );
}

/** What was seen before a majority had it must have come true. */
export function judgeSights({ history, violations }: World): void {
  for (const { what, isTrue } of history.sights)
    violations.expect(isTrue(), 'what was read stays', () => what);
}

function judgeLog({ replicaSet: { durable }, chronicle, violations }: World, conversationId: string): void {
  const { entries } = chronicle.of(conversationId);
  const kept = durable.entriesOf(conversationId);
  violations.expect(
    kept.length === entries.length && kept.every((entry, index) => isSameEntry(entry, entries[index])),
    'nothing acknowledged is lost',
    () => `the log of ${conversationId} has ${kept.length} of ${entries.length} entries`,
  );
}

function judgeProjections({ replicaSet: { durable }, chronicle, violations }: World, id: string): void {
  const annals = chronicle.of(id);
  const conversation = durable.conversations.get(id);
  violations.expect(
    isDeepStrictEqual(conversation, annals.at(annals.head)),
    'projections equal the fold',
    () => `${id} is projected at ${conversation?.rev} of ${annals.head}: ${JSON.stringify(conversation)}`,
  );
  for (const message of messagesOf(durable, id)) {
    const truth = annals.messageAt(message.seq, annals.head);
    violations.expect(
      isDeepStrictEqual(message, truth),
      'projections equal the fold',
      () => `${JSON.stringify(message)} should be ${JSON.stringify(truth)}`,
    );
  }
}

function judgeTexts({ replicaSet: { durable }, chronicle, violations }: World, id: string): void {
  const { entries } = chronicle.of(id);
  const deleted = new Set(entries.flatMap(({ type, data }) => (type === 'message.deleted' ? data.seq : [])));
  const spoken = durable
    .entriesOf(id)
    .filter((entry) => textOf(entry))
    .filter((entry) => deleted.has(entry.type === 'message.edited' ? entry.data.seq : entry.seq));
  violations.expect(
    spoken.length === 0,
    'deleted texts are gone',
    () => `entries ${spoken.map(({ rev }) => rev).join()} of ${id} still have theirs`,
  );
}

function judgeMarkers({ replicaSet: { durable }, chronicle, history, violations }: World, id: string): void {
  const markers = readMarkersIn(chronicle.of(id).entries);
  for (const [userId, shown] of markers) {
    const least = Math.max(shown, history.markerOf(id, userId));
    const marker = durable.markers.get(markerId({ conversationId: id, userId })) ?? 0;
    violations.expect(
      marker >= least,
      'read markers go forward',
      () => `${userId} has read ${least} of ${id}, and the marker is at ${marker}`,
    );
  }
}
