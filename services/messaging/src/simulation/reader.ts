import { isDeepStrictEqual } from 'node:util';
import { type Conversation, isMember } from '../domain/conversation.ts';
import { type ConversationOverview, overviewOf } from '../domain/conversation-overview.ts';
import { messageRange } from '../domain/message-range.ts';
import { conversationIds } from './intents.ts';
import { LineError } from './line.ts';
import { isSameEntry } from './same-entry.ts';
import type { World } from './world.ts';
import type { WriterProcess } from './writer-process.ts';

const pageSize = 5;

/** A user looks, through any process, and what they see is compared with what really happened and what they know. */
export async function readSomething(world: World, userId: string): Promise<void> {
  const process = world.anyProcess();
  const conversationId = world.random.pick(conversationIds);
  world.scheduler.trace.push(`${userId} asks ${process.name} to show ${conversationId}`);
  try {
    const overview = await readOverview(world, process, conversationId, userId);
    if (overview === undefined) return;
    const read = world.random.pick([readPage, readLog, readMarker, moveMarker]);
    await read(world, process, overview, userId);
  } catch (error) {
    if (!(error instanceof LineError)) throw error;
  }
}

/** As the handlers do: who is not in a conversation does not know of it. */
async function readOverview(
  { chronicle, history, violations, random }: World,
  { projections }: WriterProcess,
  id: string,
  userId: string,
): Promise<ConversationOverview | undefined> {
  const promised = history.revOf(id);
  const overview = random.chance(70)
    ? await projections.findOverview(id, userId)
    : (await projections.listOverviews(userId, 10)).find((listed) => listed.id === id);
  const annals = chronicle.of(id);
  const states = Array.from({ length: annals.head - promised + 1 }, (_, index) =>
    annals.at(promised + index),
  );
  const wasIn = new Set(states.map((state) => state !== undefined && isMember(state, userId)));
  const seen = () =>
    `${userId} sees ${id} at ${overview?.rev}; acknowledged is ${promised}, there is ${annals.head}`;
  if (overview === undefined) {
    violations.expect(wasIn.has(false), 'what was acknowledged can be read', seen);
    return undefined;
  }
  const { rev } = overview;
  const isTrue = () => isDeepStrictEqual(overview, overviewAt(annals.at(rev)));
  if (rev > annals.head) {
    history.sights.push({ what: seen(), isTrue });
    return undefined;
  }
  violations.expect(wasIn.has(true), 'a removed member reads nothing', seen);
  violations.expect(rev >= promised, 'what was acknowledged can be read', seen);
  violations.expect(isTrue(), 'reads say what the log says', seen);
  return overview;
}

const overviewAt = (state: Conversation | undefined) => state && overviewOf(state);

type Read = (
  world: World,
  process: WriterProcess,
  overview: ConversationOverview,
  userId: string,
) => Promise<void>;

const readPage: Read = async ({ chronicle, history, violations }, { projections }, { id, seq }) => {
  const { from, to } = messageRange(seq, pageSize);
  const seqs = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const promised = new Map(seqs.map((each) => [each, history.messageRevOf(id, each)]));
  const messages = await projections.readMessages(id, from, to);
  const found = messages.map((message) => message.seq);
  violations.expect(
    isDeepStrictEqual(found, seqs),
    'what was read stays',
    () => `a page of ${seqs.join()} has ${found.join()}`,
  );
  const annals = chronicle.of(id);
  for (const message of messages) {
    const said = () => `message ${message.seq} at ${message.rev}: ${JSON.stringify(message)}`;
    const isNew = message.rev >= (promised.get(message.seq) ?? 0);
    violations.expect(isNew, 'what was acknowledged can be read', said);
    const isTrue = () => isDeepStrictEqual(message, annals.messageAt(message.seq, message.rev));
    if (message.rev > annals.head) history.sights.push({ what: said(), isTrue });
    else violations.expect(isTrue(), 'reads say what the log says', said);
  }
};

const readLog: Read = async ({ chronicle, history, violations, random }, { log }, { id, rev }) => {
  const after = random.between(0, rev);
  const gone = new Set(seqsUpTo(rev).filter((seq) => history.wasDeleted(id, seq)));
  const entries = await log.readAfter(id, after, Math.min(rev - after, pageSize));
  const { entries: truth } = chronicle.of(id);
  const expected = truth.slice(after, Math.min(rev, after + pageSize));
  const revs = entries.map((entry) => entry.rev);
  violations.expect(
    entries.length === expected.length &&
      entries.every((entry, index) => isSameEntry(entry, expected[index])),
    'what was read stays',
    () => `the log after ${after} is ${revs.join()}, and was ${expected.map((entry) => entry.rev).join()}`,
  );
  const spoken = entries.filter((entry) => entry.type === 'message.sent' && gone.has(entry.seq));
  violations.expect(
    spoken.every((entry) => entry.type === 'message.sent' && entry.data.content === ''),
    'deleted texts are gone',
    () => `entries ${spoken.map((entry) => entry.rev).join()}`,
  );
};

const readMarker: Read = async ({ history, violations }, { projections }, { id: conversationId }, userId) => {
  const promised = history.markerOf(conversationId, userId);
  const [marker] = await projections.findReadMarkers([{ conversationId, userId }]);
  violations.expect(
    (marker?.readSeq ?? 0) >= promised,
    'read markers go forward',
    () => `${userId} has read ${promised}, and the marker is at ${marker?.readSeq}`,
  );
};

const moveMarker: Read = async (world, { projections }, { id: conversationId, seq }, userId) => {
  const readSeq = world.random.between(0, seq);
  const reached = await projections.markRead({ conversationId, userId, readSeq });
  world.violations.expect(
    reached >= readSeq,
    'read markers go forward',
    () => `${userId} marked ${readSeq}, and the marker is at ${reached}`,
  );
  world.history.marked(conversationId, userId, reached);
};

const seqsUpTo = (length: number) => Array.from({ length }, (_, index) => index + 1);
