import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Deadline } from '@natter/bus';
import {
  deleteMessage,
  type Entry,
  editMessage,
  getCursorKey,
  type LivePosition,
  listHeads,
  markRead,
  type Position,
  type ResponseOf,
  readEntries,
  removeMember,
  renameConversation,
  setMember,
  sync,
} from '@natter/contracts';
import { waitFor } from '@natter/testkit';
import { uuidv7 } from 'uuidv7';
import type { EntryOf, Entry as StoredEntry } from '../src/domain/entry.ts';
import { documentOf, type EntryDocument } from '../src/storage/entry-document.ts';
import { changeBy } from './_changes.ts';
import { openDatabase } from './_database.ts';
import { founded, sentUpTo } from './_entries.ts';
import { makeGroup, readWholeLog } from './_groups.ts';
import { askAll } from './_replicas.ts';
import { openStack, type Stack } from './_stack.ts';

type Page = ResponseOf<typeof sync>;
type Synced = Page['conversations'][number];

const entriesIn = (items: readonly Synced[]): Entry[] =>
  items.flatMap((item) => ('entries' in item ? item.entries : []));

const revsIn = (items: readonly Synced[]) => entriesIn(items).map(({ rev }) => rev);

/** Whoever came an hour ago: no rev of theirs is named any more, and each start has to be looked for. */
const longAgo = (position: Position): LivePosition => ({
  kind: 'changes',
  epoch: position.epoch,
  at: position.at,
  revs: {},
});

/** As everybody may see it: with ids that are some. */
const withIds =
  (actorId: string) =>
  (entry: EntryOf<'message.sent'>): StoredEntry => {
    const id = uuidv7();
    return { ...entry, id, actorId, data: { ...entry.data, messageId: id } };
  };

const context = () => ({ requestId: uuidv7(), deadline: Deadline.in(4_900) });

const marginMs = 60_000;

describe('sync, on two messaging services', () => {
  let stack: Stack;
  let database: Awaited<ReturnType<typeof openDatabase>>;

  beforeAll(async () => {
    stack = await openStack();
    database = await openDatabase(stack.settings);
    await Promise.all([stack.start(), stack.start()]);
  });
  afterAll(async () => {
    await stack.stop();
    await database.close();
  });

  /** Every page from a position on. */
  async function syncFrom(username: string, position?: Position, limit = 50) {
    const conversations: Synced[] = [];
    let pages = 0;
    let page: Page;
    let next = position;
    do {
      page = await stack.as(username).call(sync, { position: next, limit });
      conversations.push(...page.conversations);
      next = page.position;
      pages += 1;
    } while (page.hasMore);
    return { conversations, position: page.position, pages };
  }

  /** Puts published entries there without asking one by one. */
  async function fill(log: readonly StoredEntry[]): Promise<void> {
    const published = new Date();
    const documents = log.map((entry) => {
      const { relay: _, ...document } = documentOf(entry);
      return { ...document, published };
    });
    for (let start = 0; start < documents.length; start += 1_000)
      await database.connection
        .collection<EntryDocument>('entries')
        .insertMany(documents.slice(start, start + 1_000), { ordered: false });
  }

  /** Makes all stamps so old that what they stamp counts as published before any watermark. */
  async function age(conversationId: string): Promise<void> {
    await waitFor(async () => (await database.log.countMarked(1)) === 0, { what: 'all published' });
    const old = { $set: { published: new Date(1_000) } };
    await database.connection.collection('entries').updateMany({ conversationId }, old);
  }

  it('gives a snapshot first, and then what changes, edits and deletions included, once', async () => {
    const conversation = await makeGroup(stack, 'alice', 'bob');
    const [alice, bob] = [stack.as('alice'), stack.as('bob')];
    await alice.send({ conversation, content: 'one' });
    const first = await syncFrom('bob');
    expect(first.conversations).toEqual([
      {
        conversation: expect.objectContaining({ id: conversation.id, rev: 2, seq: 1, unread: 1 }),
        messages: expect.objectContaining({ data: [expect.objectContaining({ content: 'one' })] }),
      },
    ]);
    expect(await bob.call(sync, { position: first.position, limit: 50 })).toMatchObject({
      conversations: [],
      hasMore: false,
    });
    await alice.send({ conversation, content: 'two' });
    await alice.call(editMessage, { conversation, seq: 1, content: 'one!' });
    await alice.call(deleteMessage, { conversation, seq: 2 });
    const second = await syncFrom('bob', first.position);
    expect(second.conversations).toEqual([
      {
        conversation: expect.objectContaining({ id: conversation.id, rev: 5, seq: 2 }),
        entries: (await readWholeLog(stack, 'bob', conversation)).slice(2),
        hasMore: false,
      },
    ]);
    expect(entriesIn(second.conversations)[0]).toMatchObject({ actor: 'alice', data: { content: '' } });
    expect((await syncFrom('bob', second.position)).conversations).toEqual([]);
    for (const { conversations } of await askAll(() => syncFrom('bob', first.position)))
      expect(conversations).toEqual(second.conversations);
  });

  it('finds by itself where somebody had got to whose revs it is not told', async () => {
    const conversation = await makeGroup(stack, 'erin');
    for (let seq = 1; seq <= 40; seq += 1) await stack.as('erin').send({ conversation, content: `${seq}` });
    await age(conversation.id);
    const { position } = await syncFrom('erin');
    for (let seq = 41; seq <= 43; seq += 1) await stack.as('erin').send({ conversation, content: `${seq}` });
    const late = { ...longAgo(position), at: position.at + marginMs };
    expect(revsIn((await syncFrom('erin', late)).conversations)).toEqual([42, 43, 44]);
  });

  it('gives the oldest that is missing first, and says where the log has more', async () => {
    const conversation = await makeGroup(stack, 'frank');
    const { position } = await syncFrom('frank');
    for (let seq = 1; seq <= 7; seq += 1) await stack.as('frank').send({ conversation, content: `${seq}` });
    const { conversations, position: next } = await syncFrom('frank', position, 3);
    expect(conversations).toMatchObject([{ conversation: { rev: 8 }, hasMore: true }]);
    expect(revsIn(conversations)).toEqual([2, 3, 4]);
    // The rest is read in the log.
    expect((await syncFrom('frank', next, 3)).conversations).toEqual([]);
  });

  it('goes through many conversations in pages, and gives each once', async () => {
    const { position } = await syncFrom('grace');
    const groups: string[] = [];
    for (let index = 0; index < 12; index += 1) groups.push((await makeGroup(stack, 'grace')).id);
    const { conversations, pages } = await syncFrom('grace', position, 200);
    expect(pages).toBe(3);
    expect(conversations.map(({ conversation }) => conversation.id)).toEqual(groups);
    const snapshot = await syncFrom('grace', undefined, 200);
    expect(snapshot.pages).toBe(3);
    expect(snapshot.conversations.map(({ conversation }) => conversation.id)).toEqual(groups.toReversed());
    expect(snapshot.conversations.every((item) => 'messages' in item)).toBe(true);
    expect((await syncFrom('grace', snapshot.position)).conversations).toEqual([]);
  });

  it('tells whoever is removed so once, up to that entry, and gives them nothing of what follows', async () => {
    const conversation = await makeGroup(stack, 'alice', 'carol');
    const [alice, carol] = [stack.as('alice'), stack.as('carol')];
    const { position } = await syncFrom('carol');
    await alice.send({ conversation, content: 'still here' });
    await alice.call(removeMember, { conversation, username: 'carol' });
    await alice.send({ conversation, content: 'gone' });
    const { conversations, position: next } = await syncFrom('carol', position);
    expect(conversations).toEqual([
      {
        conversation: { id: conversation.id, kind: 'group', left: true },
        entries: (await readWholeLog(stack, 'alice', conversation)).slice(1, 3),
        hasMore: false,
      },
    ]);
    expect((await syncFrom('carol', next)).conversations).toEqual([]);
    const newest = await carol.call(sync, { position: longAgo(position), limit: 1 });
    expect(entriesIn(newest.conversations)).toMatchObject([{ rev: 3, type: 'member.removed' }]);
    await alice.call(setMember, { conversation, username: 'carol' });
    const back = await syncFrom('carol', next);
    expect(back.conversations).toMatchObject([{ conversation: { id: conversation.id, rev: 5 } }]);
    expect(revsIn(back.conversations)).toEqual([4, 5]);
  });

  it('tells of a marker that moved, on whatever device', async () => {
    const conversation = await makeGroup(stack, 'dave', 'erin');
    await stack.as('erin').send({ conversation, content: 'read this' });
    const { position } = await syncFrom('dave');
    await stack.as('dave').call(markRead, { conversation, seq: 1 });
    const { conversations } = await syncFrom('dave', position);
    expect(conversations).toEqual([
      {
        conversation: expect.objectContaining({ id: conversation.id, unread: 0 }),
        entries: [],
        hasMore: false,
      },
    ]);
  });

  it('begins anew where the logs are of another epoch', async () => {
    const conversation = await makeGroup(stack, 'bob');
    const { position } = await syncFrom('bob');
    const other = { ...position, epoch: uuidv7() };
    const { conversations, position: next } = await syncFrom('bob', other);
    expect(conversations).toContainEqual(
      expect.objectContaining({
        conversation: expect.objectContaining({ id: conversation.id }),
        messages: expect.anything(),
      }),
    );
    expect(next.epoch).toBe(position.epoch);
  });

  it('catches up completely whoever was away for many entries', async () => {
    const id = uuidv7();
    const userId = stack.idOf('erin');
    const { position } = await syncFrom('erin');
    const log = [founded(id, [userId]), ...sentUpTo(id, 1_501).map(withIds(userId))];
    await fill(log);
    await database.projections.apply([changeBy(...log)]);
    const { conversations, position: next } = await syncFrom('erin', position, 200);
    const [item] = conversations.filter((one) => one.conversation.id === id) as [Synced];
    expect(item).toMatchObject({ conversation: { rev: 1_501 }, hasMore: true });
    expect(revsIn([item])).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
    expect(await readWholeLog(stack, 'erin', { id })).toHaveLength(1_501);
    expect((await syncFrom('erin', next, 200)).conversations).toEqual([]);
  });

  it('lists heads from before they were read, and reads entries for a gateway', async () => {
    const conversation = await makeGroup(stack, 'frank', 'grace');
    const { position, heads } = await stack.as('frank').call(listHeads, { limit: 1_000 });
    expect(heads).toContainEqual({ conversationId: conversation.id, rev: 1 });
    expect(heads.map(({ conversationId }) => conversationId)).toEqual(
      heads.map(({ conversationId }) => conversationId).toSorted(),
    );
    await stack.as('frank').call(renameConversation, { conversation, title: 'x' });
    const { conversations } = await syncFrom('frank', position);
    expect(conversations.map(({ conversation: { id } }) => id)).toContain(conversation.id);
    const whole = await readWholeLog(stack, 'frank', conversation);
    const request = { conversationId: conversation.id, after: 1, limit: 10 };
    expect(await stack.bus.call(readEntries, request, context())).toEqual({
      entries: whole.slice(1),
      rev: 2,
    });
  });

  it('has one key for the cursors of all', async () => {
    const [first, ...others] = await askAll(() => stack.bus.call(getCursorKey, {}, context()));
    for (const other of others) expect(other).toEqual(first);
    expect(Buffer.from(first?.key ?? '', 'base64url')).toHaveLength(32);
  });
});
