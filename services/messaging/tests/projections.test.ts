import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Conversation, evolve } from '../src/domain/conversation.ts';
import type { ConversationLog } from '../src/domain/conversation-log.ts';
import { overviewOf } from '../src/domain/conversation-overview.ts';
import { type Entry, messageSeqOf } from '../src/domain/entry.ts';
import { evolveMessage, type Message } from '../src/domain/message.ts';
import type { ListPosition, ProjectionChange, Projections } from '../src/domain/projections.ts';
import { MemoryConversationLog } from '../src/storage/memory-conversation-log.ts';
import { MemoryProjections } from '../src/storage/memory-projections.ts';
import { changeBy } from './_changes.ts';
import { openDatabase } from './_database.ts';
import { created, founded, happened, sent, sentUpTo } from './_entries.ts';

const fold = (entries: readonly Entry[]) =>
  entries.reduce<Conversation | undefined>(evolve, undefined) as Conversation;

const foldMessage = (entries: readonly Entry[], seq: number) =>
  entries
    .filter((entry) => messageSeqOf(entry) === seq)
    .reduce<Message | undefined>(evolveMessage, undefined) as Message;

const changeTo = (conversationId: string, rev: number) =>
  changeBy(created(conversationId), ...sentUpTo(conversationId, rev));

/** A conversation of one message that is edited, edited again and deleted. */
function eventful(id: string): Entry[] {
  const edit = (rev: number, content: string) =>
    happened(id, { rev, seq: 1 }, { type: 'message.edited', data: { seq: 1, content, mentions: ['bob'] } });
  const deletion = happened(id, { rev: 5, seq: 1 }, { type: 'message.deleted', data: { seq: 1 } });
  return [created(id), sent(id, 2), edit(3, 'once more'), edit(4, 'and again'), deletion];
}

/** The changes of a message that those entries make, one by one. */
const messageChanges = (entries: readonly Entry[]): ProjectionChange[] =>
  [3, 4, 5].map((rev) => {
    const known = entries.slice(0, rev);
    return { conversation: fold(known), entries: known.slice(-1), messages: [foldMessage(known, 1)] };
  });

const orders = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];

const second = (n: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, n));

const idsOf = (overviews: readonly { id: string }[]) => overviews.map(({ id }) => id);

interface Stores {
  log: ConversationLog;
  projections: Projections;
}

function obligations(stores: () => Stores): void {
  const open = () => stores().projections;

  const markersOf = async (conversationId: string, ...userIds: string[]) => {
    const markers = await open().findReadMarkers(userIds.map((userId) => ({ conversationId, userId })));
    return Object.fromEntries(markers.map(({ userId, readSeq }) => [userId, readSeq]));
  };

  it('gives back the conversation that was applied', async () => {
    const change = changeTo('one', 3);
    await open().apply([change]);
    expect(await open().findConversation('one')).toEqual(change.conversation);
  });

  it('knows nothing of a conversation that was not', async () => {
    expect(await open().findConversation('none')).toBeUndefined();
  });

  it('keeps the newer state whatever comes later', async () => {
    await open().apply([changeTo('order', 5)]);
    await open().apply([changeTo('order', 3), changeTo('order', 5)]);
    expect(await open().findConversation('order')).toMatchObject({ rev: 5, seq: 4 });
    expect(await markersOf('order', 'alice')).toEqual({ alice: 4 });
  });

  it('ends at the newest of many that come at once, the first of their conversation', async () => {
    for (let round = 0; round < 10; round += 1) {
      const id = `first-${round}`;
      await Promise.all([2, 3, 4, 5, 6].map((rev) => open().apply([changeTo(id, rev)])));
      expect(await open().findConversation(id)).toMatchObject({ rev: 6 });
      expect(await markersOf(id, 'alice')).toEqual({ alice: 5 });
    }
  });

  it('starts whoever joins later where the conversation is then', async () => {
    const joined = happened(
      'late',
      { rev: 4, seq: 2 },
      { type: 'member.added', data: { userId: 'carol', role: 'member' } },
    );
    await open().apply([changeBy(founded('late', ['alice']), ...sentUpTo('late', 3), joined)]);
    expect(await markersOf('late', 'carol')).toEqual({ carol: 2 });
  });

  it('moves a marker forward, never back, and says where it is', async () => {
    await open().apply([changeTo('marked', 9)]);
    const marker = { conversationId: 'marked', userId: 'bob' };
    expect(await open().markRead({ ...marker, readSeq: 5 })).toBe(5);
    expect(await open().markRead({ ...marker, readSeq: 3 })).toBe(5);
    await Promise.all([6, 8, 7].map((readSeq) => open().markRead({ ...marker, readSeq })));
    expect(await markersOf('marked', 'bob', 'alice')).toEqual({ bob: 8, alice: 8 });
  });

  it('keeps the markers of one conversation from those of another', async () => {
    await open().markRead({ conversationId: 'here', userId: 'dave', readSeq: 2 });
    expect(await markersOf('there', 'dave')).toEqual({});
  });

  it('gives an overview to members only', async () => {
    const change = changeTo('seen', 3);
    await open().apply([change]);
    expect(await open().findOverview('seen', 'bob')).toEqual(overviewOf(change.conversation));
    expect(await open().findOverview('seen', 'carol')).toBeUndefined();
  });

  it('gives no overview to whoever was removed, though the marker stays', async () => {
    const removal = happened('left', { rev: 2, seq: 0 }, { type: 'member.removed', data: { userId: 'bob' } });
    const begin = founded('left', ['alice', 'bob']);
    await open().apply([changeBy(begin)]);
    await open().markRead({ conversationId: 'left', userId: 'bob', readSeq: 0 });
    await open().apply([changeBy(begin, removal)]);
    expect(await open().findOverview('left', 'bob')).toBeUndefined();
    expect(idsOf(await open().listOverviews('bob', 100))).not.toContain('left');
    expect(await markersOf('left', 'bob')).toEqual({ bob: 0 });
  });

  it('knows who shares a conversation with whom now', async () => {
    const groups = {
      'known-1': ['ann', 'ben', 'cid'],
      'known-2': ['ann', 'cid', 'dan'],
      'known-3': ['ben', 'eve'],
    };
    const changes = Object.entries(groups).map(([id, members]) => changeBy(founded(id, members)));
    await open().apply(changes);
    expect(await open().listAcquaintances('ann', 10)).toEqual(['ben', 'cid', 'dan']);
    expect(await open().listAcquaintances('ann', 1, 'ben')).toEqual(['cid']);
    expect(await open().listAcquaintances('nobody', 10)).toEqual([]);
    const found = await open().findAcquaintances('ann', ['ann', 'cid', 'ben', 'eve', 'nobody']);
    expect(found.toSorted()).toEqual(['ben', 'cid']);
    const removal = happened(
      'known-1',
      { rev: 2, seq: 0 },
      { type: 'member.removed', data: { userId: 'ben' } },
    );
    await open().apply([changeBy(founded('known-1', ['ann', 'ben', 'cid']), removal)]);
    expect(await open().findAcquaintances('ann', ['ben', 'cid'])).toEqual(['cid']);
    expect(await open().listAcquaintances('ben', 10)).toEqual(['eve']);
  });

  it('names the first 50 members in an overview, and counts them all', async () => {
    const ids = Array.from({ length: 60 }, (_, index) => `member-${index}`);
    await open().apply([changeBy(founded('many', ids))]);
    for (const overview of [
      await open().findOverview('many', 'member-59'),
      (await open().listOverviews('member-59', 10))[0],
    ]) {
      expect(overview?.memberCount).toBe(60);
      expect(idsOf(overview?.firstMembers ?? [])).toEqual(ids.slice(0, 50));
    }
  });

  it('lists the conversations of a member, the latest active first, each once, page by page', async () => {
    const groups = [3, 1, 2, 2, 2, 4, 1].map((at, index) =>
      founded(`listed-${index}`, ['lister'], second(at)),
    );
    await open().apply(
      [...groups, founded('not-mine', ['alice'], second(9))].map((entry) => changeBy(entry)),
    );
    const listed: string[] = [];
    let after: ListPosition | undefined;
    for (let full = true; full; ) {
      const page = await open().listOverviews('lister', 2, after);
      listed.push(...idsOf(page));
      after = page.at(-1);
      full = page.length === 2;
    }
    const order = [5, 0, 4, 3, 2, 6, 1].map((index) => `listed-${index}`);
    expect(listed).toEqual(order);
    expect(idsOf(await open().listOverviews('lister', 100))).toEqual(order);
    expect(await open().listOverviews('nobody', 100)).toEqual([]);
  });

  it('moves a conversation up by a message, and by nothing else', async () => {
    const groups = [1, 2].map((at) => founded(`active-${at}`, ['mover'], second(at)));
    await open().apply(groups.map((entry) => changeBy(entry)));
    const [begin] = groups as [Entry];
    const renamed = {
      ...happened('active-1', { rev: 2, seq: 0 }, { type: 'conversation.renamed', data: { title: 'x' } }),
      at: second(8),
    };
    await open().apply([changeBy(begin, renamed)]);
    expect(idsOf(await open().listOverviews('mover', 10))).toEqual(['active-2', 'active-1']);
    await open().apply([changeBy(begin, renamed, { ...sent('active-1', 3), seq: 1, at: second(9) })]);
    expect(idsOf(await open().listOverviews('mover', 10))).toEqual(['active-1', 'active-2']);
  });

  it('reads messages as they were sent, while nothing has changed them', async () => {
    const entries = [created('page'), ...sentUpTo('page', 12)];
    await stores().log.append(entries);
    const messages = await open().readMessages('page', 3, 6);
    expect(messages).toEqual([3, 4, 5, 6].map((seq) => foldMessage(entries, seq)));
    expect(await open().readMessages('page', 1, 0)).toEqual([]);
    expect((await open().readMessages('page', 10, 99)).map(({ seq }) => seq)).toEqual([10, 11]);
    expect(await open().findMessage('page', 4)).toEqual(messages[1]);
    expect(await open().findMessage('page', 12)).toBeUndefined();
  });

  it.each(orders)('keeps the newest state of a message when %i, %i, %i is the order', async (...order) => {
    const id = `states-${order.join('')}`;
    const entries = eventful(id);
    await stores().log.append(entries);
    const changes = messageChanges(entries);
    for (const index of order) await open().apply([changes[index] as ProjectionChange]);
    expect(await open().findMessage(id, 1)).toEqual(foldMessage(entries, 1));
  });

  it('shows each state of a message as it comes', async () => {
    const entries = eventful('step-by-step');
    await stores().log.append(entries);
    for (const change of messageChanges(entries)) {
      await open().apply([change]);
      expect(await open().readMessages('step-by-step', 1, 1)).toEqual(change.messages);
    }
  });

  it('finds messages of several conversations by their ids, as they are now', async () => {
    const [one, other] = [eventful('ids-1'), eventful('ids-2')] as const;
    await stores().log.append([...one, ...other]);
    await open().apply(messageChanges(one).slice(0, 1));
    const ids = [one[1]?.id ?? '', other[1]?.id ?? '', 'none'];
    const found = await open().findMessages(ids);
    expect(Object.fromEntries(found.map(({ id, content }) => [id, content]))).toEqual({
      [ids[0] as string]: 'once more',
      [ids[1] as string]: 'message 1 \u{1F44B}',
    });
    expect(await open().findMessages([])).toEqual([]);
  });
}

describe('MemoryProjections', () => {
  const log = new MemoryConversationLog();
  const projections = new MemoryProjections(log);
  obligations(() => ({ log, projections }));
});

describe('MongoProjections', () => {
  let database: Awaited<ReturnType<typeof openDatabase>>;

  beforeAll(async () => {
    database = await openDatabase();
  });
  afterAll(() => database.close());

  obligations(() => database);

  it('puts messages in place before the conversation that goes on from them', async () => {
    const entries = eventful('in-order');
    await database.log.append(entries);
    const steps: string[] = [];
    const client = database.connection.getClient();
    client.on('commandStarted', ({ command }) => steps.push(`${command['update']} begins`));
    client.on('commandSucceeded', () => steps.push('is done'));
    await database.projections.apply(messageChanges(entries).slice(-1));
    expect(steps.slice(0, 3)).toEqual(['entries begins', 'is done', 'conversations begins']);
  });
});
