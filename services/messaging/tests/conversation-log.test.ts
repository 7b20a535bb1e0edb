import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ConversationLog } from '../src/domain/conversation-log.ts';
import type { Entry } from '../src/domain/entry.ts';
import { MemoryConversationLog } from '../src/storage/memory-conversation-log.ts';
import { openDatabase } from './_database.ts';
import { created, sent, sentUpTo } from './_entries.ts';

const key = { clientMessageId: 'key-0123456789abcdef', bodyHash: 'h1' };

const revsOf = (entries: readonly Entry[]) => entries.map(({ rev }) => rev);

/** What every log owes. Each test has a conversation of its own. */
function obligations(open: () => ConversationLog): void {
  it('gives back what was appended as it was', async () => {
    const entries = [created('whole'), sent('whole', 2, key), sent('whole', 3)];
    expect(await open().append(entries)).toBe(3);
    expect(await open().readAfter('whole', 0, 10)).toEqual(entries);
  });

  it('refuses a rev that is taken, and inserts nothing above it', async () => {
    await open().append([created('taken'), sent('taken', 2)]);
    const late = [sent('taken', 2), sent('taken', 3), created('behind-taken')];
    expect(await open().append(late)).toBe(0);
    expect(revsOf(await open().readAfter('taken', 0, 10))).toEqual([1, 2]);
    expect(await open().readAfter('behind-taken', 0, 10)).toEqual([]);
  });

  it('refuses a rev that is taken, though nothing else of the entry is', async () => {
    await open().append([created('rev'), sent('rev', 2)]);
    expect(await open().append([{ ...sent('rev', 2), seq: 99 }])).toBe(0);
  });

  it('keeps what it inserted before a refusal', async () => {
    await open().append([created('before')]);
    expect(await open().append([sent('before', 2), sent('before', 2), sent('before', 3)])).toBe(1);
    expect(revsOf(await open().readAfter('before', 0, 10))).toEqual([1, 2]);
  });

  it('lets one of many win a rev', async () => {
    await open().append([created('race')]);
    const counts = await Promise.all(Array.from({ length: 20 }, () => open().append([sent('race', 2)])));
    expect(counts.filter((count) => count === 1)).toHaveLength(1);
  });

  it('refuses a key that its actor used in the conversation, whatever the rev', async () => {
    await open().append([created('keyed'), sent('keyed', 2, key)]);
    expect(await open().append([sent('keyed', 3, key)])).toBe(0);
    expect(await open().append([{ ...sent('keyed', 3, key), actorId: 'bob' }])).toBe(1);
    await open().append([created('keyed-2')]);
    expect(await open().append([sent('keyed-2', 2, key)])).toBe(1);
  });

  it('refuses a second message with the same seq', async () => {
    await open().append([created('seq'), sent('seq', 2)]);
    expect(await open().append([{ ...sent('seq', 3), seq: 1 }])).toBe(0);
  });

  it('finds an entry by its key', async () => {
    const entry = sent('found', 2, key);
    await open().append([created('found'), entry]);
    expect(await open().findByKey('found', 'alice', key.clientMessageId)).toEqual(entry);
    expect(await open().findByKey('found', 'bob', key.clientMessageId)).toBeUndefined();
  });

  it('reads on from a rev, a bounded number', async () => {
    await open().append([created('ahead'), ...sentUpTo('ahead', 12)]);
    expect(revsOf(await open().readAfter('ahead', 3, 5))).toEqual([4, 5, 6, 7, 8]);
    expect(await open().readAfter('ahead', 12, 5)).toEqual([]);
  });

  it('reads messages by their seqs, both ends included', async () => {
    await open().append([created('page'), ...sentUpTo('page', 12)]);
    const messages = await open().readMessages('page', 3, 6);
    expect(messages.map(({ seq }) => seq)).toEqual([3, 4, 5, 6]);
    expect(await open().readMessages('page', 1, 0)).toEqual([]);
    expect((await open().readMessages('page', 10, 99)).map(({ seq }) => seq)).toEqual([10, 11]);
  });

  it('marks what is appended until it is unmarked, in order within a conversation', async () => {
    const entries = [created('marked'), sent('marked', 2), sent('marked', 3)];
    await open().append(entries);
    const marked = async () =>
      (await open().readMarked(1_000)).filter(({ conversationId }) => conversationId === 'marked');
    expect(revsOf(await marked())).toEqual([1, 2, 3]);
    await open().unmark(entries.slice(0, 2));
    expect(revsOf(await marked())).toEqual([3]);
    await open().unmark(entries);
    expect(await marked()).toEqual([]);
  });
}

describe('MemoryConversationLog', () => {
  const log = new MemoryConversationLog();
  obligations(() => log);
});

describe('MongoConversationLog', () => {
  let database: Awaited<ReturnType<typeof openDatabase>>;

  beforeAll(async () => {
    database = await openDatabase();
  });
  afterAll(() => database.close());

  obligations(() => database.log);

  it('answers every read from an index, examining no more than the page', async () => {
    await database.log.append([
      created('explained'),
      ...sentUpTo('explained', 300),
      sent('explained', 301, key),
    ]);
    const entries = database.connection.collection('entries');
    const conversationId = 'explained';
    const { clientMessageId } = key;
    const queries: [number, Record<string, unknown>][] = [
      [50, { conversationId, rev: { $gt: 100, $lte: 150 } }],
      [50, { conversationId, type: 'message.sent', seq: { $gte: 100, $lte: 149 } }],
      [1, { conversationId, actorId: 'alice', clientMessageId }],
    ];
    for (const [found, filter] of queries) {
      const plan = await entries.find(filter).explain('executionStats');
      expect(JSON.stringify(plan)).toContain('IXSCAN');
      expect(plan['executionStats']).toMatchObject({ nReturned: found });
      expect(plan['executionStats'].totalDocsExamined).toBeLessThanOrEqual(found + 1);
    }
  });
});
