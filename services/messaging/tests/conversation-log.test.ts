import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ConversationLog } from '../src/domain/conversation-log.ts';
import type { Entry } from '../src/domain/entry.ts';
import { MemoryConversationLog } from '../src/storage/memory-conversation-log.ts';
import { openDatabase } from './_database.ts';
import { created, happened, sent, sentUpTo } from './_entries.ts';

const key = { clientMessageId: 'key-0123456789abcdef', bodyHash: 'h1' };

const revsOf = (entries: readonly Entry[]) => entries.map(({ rev }) => rev);

/** Two messages, and what became of them. */
const eventful = (id: string): Entry[] => [
  created(id),
  sent(id, 2),
  sent(id, 3),
  happened(
    id,
    { rev: 4, seq: 2 },
    { type: 'message.edited', data: { seq: 1, content: 'one', mentions: [] } },
  ),
  happened(id, { rev: 5, seq: 2 }, { type: 'reaction.added', data: { seq: 2, emoji: '\u{1F44D}' } }),
  happened(
    id,
    { rev: 6, seq: 2 },
    { type: 'message.edited', data: { seq: 2, content: 'two', mentions: [] } },
  ),
  happened(id, { rev: 7, seq: 2 }, { type: 'reaction.removed', data: { seq: 2, emoji: '\u{1F44D}' } }),
  happened(id, { rev: 8, seq: 2 }, { type: 'message.deleted', data: { seq: 1 } }),
];

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

  it('reads the changes of one message, from after a rev on', async () => {
    await open().append([...eventful('changed'), ...eventful('changed-too')]);
    const read = async (seq: number, afterRev: number) =>
      revsOf(await open().readChanges('changed', seq, afterRev));
    expect(await read(1, 0)).toEqual([4, 8]);
    expect(await read(2, 0)).toEqual([5, 6, 7]);
    expect(await read(2, 5)).toEqual([6, 7]);
    expect(await read(2, 7)).toEqual([]);
    expect(await read(3, 0)).toEqual([]);
  });

  it('gives a change back as it was', async () => {
    const entries = eventful('changes');
    await open().append(entries);
    expect(await open().readChanges('changes', 1, 0)).toEqual([entries[3], entries[7]]);
  });

  it('blanks the texts of one message, and changes nothing else', async () => {
    const entries = eventful('redacted');
    const others = eventful('not-redacted');
    await open().append([...entries, ...others]);
    await open().redact('redacted', 1);
    const blanked = entries.map((entry) =>
      entry.rev === 2 || entry.rev === 4 ? { ...entry, data: { ...entry.data, content: '' } } : entry,
    );
    expect(await open().readAfter('redacted', 0, 10)).toEqual(blanked);
    expect(await open().readAfter('not-redacted', 0, 10)).toEqual(others);
    await open().redact('redacted', 1);
    expect(await open().readAfter('redacted', 0, 10)).toEqual(blanked);
  });

  it('knows a key of a message whose text was blanked', async () => {
    await open().append([created('redacted-key'), sent('redacted-key', 2, key)]);
    await open().redact('redacted-key', 1);
    expect(await open().append([sent('redacted-key', 3, key)])).toBe(0);
    expect(await open().findByKey('redacted-key', 'alice', key.clientMessageId)).toMatchObject({
      rev: 2,
      key,
    });
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
});
