import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ChangePlace, ChangeRange, Changes } from '../src/domain/changes.ts';
import type { ConversationLog } from '../src/domain/conversation-log.ts';
import type { Projections } from '../src/domain/projections.ts';
import { MemoryChanges } from '../src/storage/memory-changes.ts';
import { MemoryConversationLog } from '../src/storage/memory-conversation-log.ts';
import { MemoryProjections } from '../src/storage/memory-projections.ts';
import { MongoCursorKeys } from '../src/storage/mongo-cursor-keys.ts';
import { changeBy } from './_changes.ts';
import { openDatabase } from './_database.ts';
import { founded, happened, sent } from './_entries.ts';

interface Stores {
  log: ConversationLog;
  projections: Projections;
  changes: Changes;
}

/** So late that nothing is stamped after it. */
const never = Date.parse('3000-01-01');

const after = (place: ChangePlace, settled = never): ChangeRange => ({ after: place, settled });

const start = after({ changed: 0, id: '' });

const idsOf = (places: readonly { id: string }[]) => places.map(({ id }) => id);

const removed = (conversationId: string, rev: number, userId: string) =>
  happened(conversationId, { rev, seq: 0 }, { type: 'member.removed', data: { userId } });

const renamed = (conversationId: string, rev: number) =>
  happened(conversationId, { rev, seq: 0 }, { type: 'conversation.renamed', data: { title: `${rev}` } });

/** A stamp that comes after this is a later one. */
async function nextMoment({ changes }: Stores): Promise<number> {
  const before = await changes.now();
  while ((await changes.now()) <= before) await delay(1);
  return before;
}

/** What every list of changes owes. Each test has a user of its own. */
function obligations(open: () => Stores): void {
  it('has what was touched since a place, in the order in which it was, page by page', async () => {
    const { projections, changes } = open();
    const groups = ['b', 'c', 'a'].map((name) => founded(`order-${name}`, ['ordered']));
    for (const group of groups) {
      await projections.apply([changeBy(group)]);
      await nextMoment(open());
    }
    const all = await changes.touchedConversations('ordered', start, 9);
    expect(idsOf(all)).toEqual(['order-b', 'order-c', 'order-a']);
    const [first] = await changes.touchedConversations('ordered', start, 1);
    expect(await changes.touchedConversations('ordered', after(first as ChangePlace), 1)).toEqual([all[1]]);
    expect(await changes.touchedConversations('ordered', after(all[2] as ChangePlace), 9)).toEqual([]);
    expect(await changes.touchedConversations('nobody', start, 9)).toEqual([]);
  });

  it('has what was touched at one moment in the order of the ids', async () => {
    const { projections, changes } = open();
    const ids = Array.from({ length: 9 }, (_, index) => `tied-${index}`);
    await projections.apply(ids.map((id) => changeBy(founded(id, ['tied']))));
    const found: ChangePlace[] = [];
    while (found.length < 9) {
      const range = after(found.at(-1) ?? start.after);
      found.push(...(await changes.touchedConversations('tied', range, 2)));
    }
    expect(idsOf(found).toSorted()).toEqual(ids);
  });

  it('has what is not settled in the order of the ids, however late it is touched', async () => {
    const { projections, changes } = open();
    const ids = ['z', 'c', 'a', 'b'].map((name) => `settled-${name}`);
    const groups = ids.map((id) => founded(id, ['settler']));
    await projections.apply([changeBy(groups[0] as never)]);
    const settled = (await nextMoment(open())) + 1;
    for (const group of groups.slice(1)) {
      await projections.apply([changeBy(group)]);
      await projections.apply([changeBy(group, removed(group.conversationId, 2, 'settler'))]);
      await nextMoment(open());
    }
    for (const group of groups) await projections.apply([{ ...changeBy(group), restored: true }]);
    await projections.apply([changeBy(founded('settled-y', ['settler']))]);
    const first = await changes.touchedMemberships('settler', after(start.after, settled), 2);
    expect(idsOf(first)).toEqual(['settled-a', 'settled-b']);
    const last = first[1] as ChangePlace;
    expect(last).toMatchObject({ changed: settled, id: 'settled-b' });
    expect(idsOf(await changes.touchedMemberships('settler', after(last, settled), 9))).toEqual([
      'settled-c',
    ]);
    const conversations = await changes.touchedConversations('settler', after(start.after, settled), 9);
    expect(idsOf(conversations)).toEqual(['settled-y', 'settled-z']);
  });

  it('has what is settled before what is not', async () => {
    const { projections, changes } = open();
    const ids = ['late-b', 'late-c', 'late-a'];
    const settleds: number[] = [];
    for (const id of ids) {
      settleds.push((await nextMoment(open())) + 1);
      await projections.apply([changeBy(founded(id, ['later']))]);
    }
    const range = after(start.after, settleds[1]);
    expect(idsOf(await changes.touchedConversations('later', range, 9))).toEqual([
      'late-b',
      'late-a',
      'late-c',
    ]);
    expect(idsOf(await changes.touchedConversations('later', range, 2))).toEqual(['late-b', 'late-a']);
  });

  it('touches a conversation that gets to a newer rev, and one that is restored, and no other', async () => {
    const { projections, changes } = open();
    const entries = [founded('touched', ['toucher']), renamed('touched', 2)];
    const last = async () => (await changes.touchedConversations('toucher', start, 1))[0]?.changed ?? 0;
    await projections.apply([changeBy(...entries.slice(0, 1))]);
    const before = await nextMoment(open());
    expect(await last()).toBeLessThanOrEqual(before);
    await projections.apply([changeBy(...entries)]);
    expect(await last()).toBeGreaterThan(before);
    const later = await nextMoment(open());
    await projections.apply([changeBy(...entries), changeBy(...entries.slice(0, 1))]);
    expect(await last()).toBeLessThanOrEqual(later);
    await projections.apply([{ ...changeBy(...entries.slice(0, 1)), restored: true }]);
    expect(await last()).toBeGreaterThan(later);
    expect((await projections.findConversation('touched'))?.rev).toBe(2);
  });

  it('touches the membership of whoever is removed, and keeps the last removal', async () => {
    const { projections, changes } = open();
    const founder = founded('left', ['alice', 'leaver']);
    const again = [removed('left', 2, 'leaver'), removed('left', 4, 'leaver')];
    const membership = async () => (await changes.touchedMemberships('leaver', start, 9))[0];
    await projections.apply([changeBy(founder, again[0] as never)]);
    expect(await membership()).toMatchObject({ id: 'left', left: 2 });
    const [first] = await changes.touchedMemberships('leaver', start, 9);
    expect(await changes.touchedMemberships('leaver', after(first as ChangePlace), 9)).toEqual([]);
    const before = await nextMoment(open());
    const conversation = changeBy(founder).conversation;
    await projections.apply([{ conversation, entries: again.slice(1), messages: [] }]);
    await projections.apply([{ conversation, entries: again.slice(0, 1), messages: [] }]);
    expect((await membership())?.left).toBe(4);
    expect((await membership())?.changed).toBeGreaterThan(before);
    expect(idsOf(await changes.touchedConversations('leaver', start, 9))).toEqual([]);
  });

  it('touches the membership of whoever moves a marker, or says so again, and not that of one who is further', async () => {
    const { projections, changes } = open();
    await projections.apply([changeBy(founded('read', ['reader', 'writer']), sent('read', 2))]);
    const marker = { conversationId: 'read', userId: 'reader', readSeq: 5 };
    const last = async () => (await changes.touchedMemberships('reader', start, 9))[0]?.changed ?? 0;
    expect(await last()).toBe(0);
    for (const readSeq of [5, 5, 6]) {
      const before = await nextMoment(open());
      await projections.markRead({ ...marker, readSeq });
      expect(await last()).toBeGreaterThan(before);
    }
    const before = await nextMoment(open());
    expect(await projections.markRead(marker)).toBe(6);
    expect(await last()).toBeLessThanOrEqual(before);
  });

  it('knows when an entry was published: later than it was unmarked, and never while it is marked', async () => {
    const { log, changes } = open();
    const entries = [founded('published', ['alice']), sent('published', 2), sent('published', 3)];
    await log.append(entries);
    const before = await nextMoment(open());
    await log.unmark(entries.slice(0, 2));
    const found = await changes.publications('published', [1, 2, 3, 4]);
    const publishedAt = (rev: number) => found.find((one) => one.rev === rev)?.published;
    expect(found).toHaveLength(3);
    expect(publishedAt(1)).toBeGreaterThan(before);
    expect(publishedAt(2)).toBeLessThanOrEqual(await changes.now());
    expect(publishedAt(3)).toBe(Number.POSITIVE_INFINITY);
    expect(await log.readAfter('published', 0, 9)).toEqual(entries);
  });

  it('finds those of some conversations that somebody is a member of', async () => {
    const { projections, changes } = open();
    await projections.apply([changeBy(founded('mine', ['finder'])), changeBy(founded('theirs', ['alice']))]);
    const found = await changes.findOverviews('finder', ['mine', 'theirs', 'none']);
    expect(found).toEqual([await projections.findOverview('mine', 'finder')]);
    expect(await changes.findOverviews('finder', [])).toEqual([]);
  });

  it('lists the heads of all conversations of a member in the order of their ids', async () => {
    const { projections, changes } = open();
    for (const name of ['c', 'a', 'b'])
      await projections.apply([changeBy(founded(`head-${name}`, ['header']))]);
    await projections.apply([changeBy(founded('head-a', ['header']), renamed('head-a', 2))]);
    const heads = [
      { conversationId: 'head-a', rev: 2 },
      { conversationId: 'head-b', rev: 1 },
      { conversationId: 'head-c', rev: 1 },
    ];
    expect(await changes.listHeads('header', 2)).toEqual(heads.slice(0, 2));
    expect(await changes.listHeads('header', 2, 'head-b')).toEqual(heads.slice(2));
  });
}

describe('MemoryChanges', () => {
  const log = new MemoryConversationLog();
  const projections = new MemoryProjections(log);
  obligations(() => ({ log, projections, changes: new MemoryChanges(log, projections) }));
});

describe('MongoChanges', () => {
  let database: Awaited<ReturnType<typeof openDatabase>>;

  beforeAll(async () => {
    database = await openDatabase();
  });
  afterAll(() => database.close());

  obligations(() => database);

  it('are beside a key for cursors, of which there is one however many make it', async () => {
    const keys = new MongoCursorKeys(database.connection);
    const made = await Promise.all(Array.from({ length: 8 }, () => keys.current()));
    expect(new Set(made).size).toBe(1);
    expect(Buffer.from(made[0] as string, 'base64url')).toHaveLength(32);
  });
});
