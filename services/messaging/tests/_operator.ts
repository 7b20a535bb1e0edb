import type { OperatorContext } from '@natter/platform';
import { uuidv7 } from 'uuidv7';
import { decideAddReaction } from '../src/domain/add-reaction.ts';
import { decideCreateConversation } from '../src/domain/create-conversation.ts';
import { decideDeleteMessage } from '../src/domain/delete-message.ts';
import { decideEditMessage } from '../src/domain/edit-message.ts';
import type { Entry, EntryDraft } from '../src/domain/entry.ts';
import { messageSeqOf } from '../src/domain/entry.ts';
import { decideRemoveMember } from '../src/domain/remove-member.ts';
import { decideSendMessage } from '../src/domain/send-message.ts';
import type { State } from '../src/domain/state.ts';
import { ConversationWriter } from '../src/log/conversation-writer.ts';
import { check } from '../src/operator/check.ts';
import { openArchives } from '../src/operator/open-archives.ts';
import { type ProjectionName, rebuild } from '../src/operator/rebuild.ts';
import { MongoMessageSearch } from '../src/storage/mongo-message-search.ts';
import { openDatabase } from './_database.ts';

/** Quick, because in these tests nothing is under way but for what a test itself does. */
const lookAgainAfterMs = 20;

/** A database with conversations as the service writes them, and the operator's commands on it. */
export async function openOperator() {
  const { database, connection, ...stores } = await openOwnDatabase();
  const said: string[] = [];
  const context: OperatorContext = {
    environment: () => ({ ...process.env, ...database }),
    say: (line) => said.push(line),
    progress: () => undefined,
    fail: () => undefined,
  };
  const archives = await openArchives(context);
  return {
    connection,
    said,
    /** One that has seen nothing of the logs yet. */
    createWriter: () => createWriter(stores),
    ...stores,
    archives,
    check: async () => {
      said.length = 0;
      const findings = await check(archives, context, lookAgainAfterMs);
      return { findings, report: said.join('\n') };
    },
    rebuild: (projection: ProjectionName) => rebuild(projection, archives, context),
    /** Without the stamps of changes, which are new wherever something was put right. */
    dump: (collection: string) =>
      connection
        .collection(collection)
        .find({}, { projection: { touched: 0 } })
        .sort({ _id: 1 })
        .toArray(),
    close: async () => {
      await archives.close();
      await stores.close();
    },
  };
}

async function openOwnDatabase() {
  const opened = await openDatabase();
  const search = new MongoMessageSearch(opened.connection);
  const database = {
    MONGODB_URL: String(process.env['TEST_MONGODB_URL']),
    MONGODB_DATABASE: opened.connection.name,
  };
  return { ...opened, search, database };
}

type Stores = Pick<Awaited<ReturnType<typeof openOwnDatabase>>, 'log' | 'projections' | 'search'>;

/** A writer, with what else the service does after an append: the search follows, and the mark is taken off. */
function createWriter({ log, projections, search }: Stores) {
  const following = new Set<Promise<void>>();
  const follow = async (entries: readonly Entry[]) => {
    const found = await Promise.all(
      entries.map((entry) => projections.findMessage(entry.conversationId, messageSeqOf(entry) ?? 0)),
    );
    await search.index(found.filter((message) => message !== undefined));
    await log.unmark(entries);
  };
  const writer = new ConversationWriter({
    log,
    projections,
    isRefused: async () => false,
    now: () => new Date(),
    elapsed: () => performance.now(),
    pause: async () => undefined,
    relay: (entries) => {
      const done = follow(entries).finally(() => following.delete(done));
      following.add(done);
    },
  });
  const execute = async (conversationId: string, actorId: string, decide: Decide, about?: number) => {
    const id = uuidv7();
    const deadline = { expired: false };
    await writer.execute({
      id,
      conversationId,
      actorId,
      about,
      deadline,
      decide: (state) => decide(state, id),
    });
  };
  return { execute, settled: async () => void (await Promise.all(following)) };
}

type Decide = (state: State, id: string) => EntryDraft[];

type Writer = ReturnType<typeof createWriter>;

export const sends = (writer: Writer, conversationId: string, actorId: string, content: string) =>
  writer.execute(conversationId, actorId, (state, messageId) =>
    decideSendMessage(state, { messageId, conversationId, actorId, content, replyTo: null, calledIds: [] }),
  );

/**
 * A group with messages of which one was edited, one deleted and one reacted to, whose carol is gone, and whose erin has
 * never written.
 */
export async function writeGroup(writer: Writer, conversationId: string): Promise<void> {
  const memberIds = ['bob', 'carol', 'erin'];
  const group = {
    conversationId,
    actorId: 'alice',
    title: 'Group',
    memberIds,
    refused: false,
    maxMembers: 9,
  };
  await writer.execute(conversationId, 'alice', (state, id) =>
    decideCreateConversation(state, { id, ...group }),
  );
  for (const [index, actorId] of ['alice', 'bob', 'carol', 'alice'].entries()) {
    await sends(writer, conversationId, actorId, `hello number ${index + 1}`);
  }
  const [alice, bob, carol] = [{ actorId: 'alice' }, { actorId: 'bob' }, { actorId: 'carol' }];
  const edit = { ...alice, content: 'hello, all', calledIds: [] };
  await writer.execute(conversationId, 'alice', (state, id) => decideEditMessage(state, { id, ...edit }), 1);
  await writer.execute(conversationId, 'bob', (state, id) => decideDeleteMessage(state, { id, ...bob }), 2);
  const react = { ...bob, emoji: '👍' };
  await writer.execute(conversationId, 'bob', (state, id) => decideAddReaction(state, { id, ...react }), 4);
  const leave = { ...carol, userId: 'carol' };
  await writer.execute(conversationId, 'carol', (state, id) => decideRemoveMember(state, { id, ...leave }));
  await writer.settled();
}
