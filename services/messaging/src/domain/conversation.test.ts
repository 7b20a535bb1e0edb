import { describe, expect, it } from '@jest/globals';
import { type Conversation, evolve } from './conversation.ts';
import type { Entry } from './entry.ts';

const head = { conversationId: 'c1', actorId: 'alice', at: new Date(1_000) };

const created: Entry = {
  ...head,
  id: 'c1',
  rev: 1,
  seq: 0,
  type: 'conversation.created',
  data: { kind: 'direct', title: null, members: [{ id: 'alice', role: 'member' }] },
};

const sent = (rev: number): Entry => ({
  ...head,
  id: `m${rev}`,
  rev,
  seq: rev - 1,
  type: 'message.sent',
  data: { messageId: `m${rev}`, content: 'hello', replyTo: null, mentions: [] },
});

const fold = (entries: readonly Entry[]): Conversation | undefined =>
  entries.reduce<Conversation | undefined>(evolve, undefined);

describe('evolve', () => {
  it('counts revs and messages', () => {
    expect(fold([created, sent(2), sent(3)])).toMatchObject({ id: 'c1', rev: 3, seq: 2 });
  });

  it('refuses an entry that does not follow', () => {
    expect(() => fold([created, sent(3)])).toThrow('Entry 3 of conversation c1 follows rev 1');
    expect(() => fold([created, created])).toThrow('Entry 1 of conversation c1 follows rev 1');
  });

  it('refuses a log without a beginning', () => {
    expect(() => evolve(undefined, { ...sent(2), rev: 1 })).toThrow('never created');
  });
});
