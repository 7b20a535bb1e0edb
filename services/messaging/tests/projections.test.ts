import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Conversation, evolve } from '../src/domain/conversation.ts';
import type { Entry } from '../src/domain/entry.ts';
import type { ProjectionChange, Projections } from '../src/domain/projections.ts';
import { MemoryProjections } from '../src/storage/memory-projections.ts';
import { openDatabase } from './_database.ts';
import { created, sent } from './_entries.ts';

/** The change that brings a conversation to a rev, by that rev's entry. */
function changeTo(conversationId: string, rev: number): ProjectionChange {
  const entries = [
    created(conversationId),
    ...Array.from({ length: rev - 1 }, (_, i) => sent(conversationId, i + 2)),
  ];
  const conversation = entries.reduce<Conversation | undefined>(evolve, undefined) as Conversation;
  return { conversation, entries: [entries.at(-1) as Entry] };
}

function obligations(open: () => Projections): void {
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
    expect(await open().findReadMarkers('order', ['alice'])).toEqual(new Map([['alice', 4]]));
  });

  it('ends at the newest of many that come at once, the first of their conversation', async () => {
    for (let round = 0; round < 10; round += 1) {
      const id = `first-${round}`;
      await Promise.all([2, 3, 4, 5, 6].map((rev) => open().apply([changeTo(id, rev)])));
      expect(await open().findConversation(id)).toMatchObject({ rev: 6 });
      expect(await open().findReadMarkers(id, ['alice'])).toEqual(new Map([['alice', 5]]));
    }
  });

  it('starts every member where the conversation begins', async () => {
    await open().apply([changeTo('members', 1)]);
    const markers = await open().findReadMarkers('members', ['alice', 'bob', 'carol']);
    expect(markers).toEqual(
      new Map([
        ['alice', 0],
        ['bob', 0],
      ]),
    );
  });
}

describe('MemoryProjections', () => {
  const projections = new MemoryProjections();
  obligations(() => projections);
});

describe('MongoProjections', () => {
  let database: Awaited<ReturnType<typeof openDatabase>>;

  beforeAll(async () => {
    database = await openDatabase();
  });
  afterAll(() => database.close());

  obligations(() => database.projections);
});
