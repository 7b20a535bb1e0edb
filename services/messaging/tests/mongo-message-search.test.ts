import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { evolve } from '../src/domain/conversation.ts';
import { type Message, sentMessage } from '../src/domain/message.ts';
import { openDatabase } from './_database.ts';
import { founded, sent } from './_entries.ts';

const idAt = (place: number) => String(place).padStart(6, '0');

const message = (conversationId: string, seq: number, over: Partial<Message> = {}): Message => ({
  ...sentMessage(sent(conversationId, seq + 1)),
  ...over,
});

const contentOf = (seq: number) => `common${[1, 301, 600].includes(seq) ? ' rare' : ''}`;

describe('MongoMessageSearch', () => {
  let database: Awaited<ReturnType<typeof openDatabase>>;

  beforeAll(async () => {
    database = await openDatabase();
  });
  afterAll(() => database.close());

  const documentOf = (id: string) =>
    database.connection
      .collection<{ _id: string; rev: number; terms: string[] }>('search')
      .findOne({ _id: id });
  const seqsIn = async (conversationId: string, terms: string[], before = 1_000_000, limit = 100) =>
    (await database.search.findIn(conversationId, terms, before, limit)).map(({ seq }) => seq);

  it('keeps the newest state, in whatever order the states come', async () => {
    const first = message('order', 1, { rev: 2, content: 'first' });
    const edited = { ...first, rev: 5, content: 'second', edited: new Date() };
    const deleted = { ...first, rev: 9, content: '', deleted: new Date() };
    await database.search.index([edited]);
    await Promise.all([database.search.index([first]), database.search.index([first, edited])]);
    expect(await documentOf('order:1')).toMatchObject({ rev: 5 });
    expect(await seqsIn('order', ['second'])).toEqual([1]);
    expect(await seqsIn('order', ['first'])).toEqual([]);
    await database.search.index([deleted]);
    await database.search.index([edited, first]);
    expect(await documentOf('order:1')).toMatchObject({ rev: 9, terms: [] });
    expect(await seqsIn('order', ['second'])).toEqual([]);
  });

  it('finds newest first what is rare, far back, in a long conversation', async () => {
    const seqs = Array.from({ length: 600 }, (_, index) => index + 1);
    await database.search.index(seqs.map((seq) => message('long', seq, { content: contentOf(seq) })));
    expect(await seqsIn('long', ['rare', 'common'])).toEqual([600, 301, 1]);
    expect(await seqsIn('long', ['rare'], 301)).toEqual([1]);
    expect(await seqsIn('long', ['rare'], 601, 2)).toEqual([600, 301]);
    expect(await seqsIn('long', ['common'], 5)).toEqual([4, 3, 2, 1]);
  });

  it('finds by id, newest first, in more conversations than one query can have', async () => {
    const count = 120;
    const places = Array.from({ length: count }, (_, n) => n);
    await database.projections.apply(
      places.map((n) => {
        const at = new Date(Date.UTC(2026, 0, 1, 0, 0, n));
        const entry = founded(`many-${n}`, n % 5 === 0 ? ['alice'] : ['alice', 'bob'], at);
        return { conversation: evolve(undefined, entry), entries: [entry], messages: [] };
      }),
    );
    // The order of the ids is not that in which the conversations were active.
    await database.search.index(
      places.flatMap((n) =>
        [1, 2].map((seq) =>
          message(`many-${n}`, seq, { id: idAt(seq * 1_000 + ((n * 7) % count)), content: 'heron' }),
        ),
      ),
    );
    const ids: string[] = [];
    for (;;) {
      const hits = await database.search.findForMember('alice', ['heron'], ids.at(-1), 50);
      ids.push(...hits.map(({ messageId }) => messageId));
      if (hits.length < 50) break;
    }
    const all = [1, 2].flatMap((seq) => places.map((n) => idAt(seq * 1_000 + n)));
    expect(ids).toEqual(all.toReversed());
    expect(await database.search.findForMember('bob', ['heron'], undefined, 1_000)).toHaveLength(192);
    expect(await database.search.findForMember('carol', ['heron'], undefined, 10)).toEqual([]);
  });
});
