import { describe, expect, it } from '@jest/globals';
import { at, created, later } from './_fixtures.ts';
import { type Conversation, evolve, findMember, isMember, seqAfter } from './conversation.ts';
import type { Entry, Happening } from './entry.ts';

const fold = (entries: readonly Entry[]): Conversation | undefined =>
  entries.reduce<Conversation | undefined>(evolve, undefined);

/** What follows the entry that makes a group of alice and bob. */
function after(...happenings: Happening[]): Entry[] {
  let { rev, seq } = created;
  const entries = happenings.map((happening): Entry => {
    rev += 1;
    seq = seqAfter(seq, happening);
    return { ...happening, id: `e${rev}`, conversationId: 'c1', actorId: 'alice', at: later, rev, seq };
  });
  return [created, ...entries];
}

const sent = (messageId: string): Happening => ({
  type: 'message.sent',
  data: { messageId, content: 'hello', replyTo: null, mentions: [] },
});

const namesOf = (conversation: Conversation | undefined) =>
  conversation?.members.map(({ id, role, joined }) => `${joined} ${id} ${role}`);

const untouching: Happening[] = [
  { type: 'message.edited', data: { seq: 1, content: 'hello!', mentions: [] } },
  { type: 'message.deleted', data: { seq: 1 } },
  { type: 'reaction.added', data: { seq: 1, emoji: '👍' } },
  { type: 'reaction.removed', data: { seq: 1, emoji: '👍' } },
];

describe('evolve', () => {
  it('begins with who is there, in their order', () => {
    expect(fold([created])).toEqual({
      id: 'c1',
      kind: 'group',
      title: 'Friends',
      members: [
        { id: 'alice', role: 'owner', joined: 1 },
        { id: 'bob', role: 'member', joined: 2 },
      ],
      joins: 2,
      rev: 1,
      seq: 0,
      lastMessageId: null,
      active: at,
      updated: at,
    });
  });

  it('counts revs and messages, and keeps the last of those', () => {
    expect(fold(after(sent('m1'), sent('m2')))).toMatchObject({
      rev: 3,
      seq: 2,
      lastMessageId: 'm2',
      active: later,
      updated: later,
    });
  });

  it('takes the new title, which is no activity', () => {
    const renamed = fold(after({ type: 'conversation.renamed', data: { title: 'Old friends' } }));
    expect(renamed).toMatchObject({ title: 'Old friends', active: at, updated: later, rev: 2, seq: 0 });
  });

  it('adds members behind those who are there', () => {
    const carol = { type: 'member.added' as const, data: { userId: 'carol', role: 'admin' as const } };
    expect(namesOf(fold(after(carol)))).toEqual(['1 alice owner', '2 bob member', '3 carol admin']);
  });

  it('gives whoever comes again a place that nobody had', () => {
    const gone: Happening = { type: 'member.removed', data: { userId: 'bob' } };
    const back: Happening = { type: 'member.added', data: { userId: 'bob', role: 'member' } };
    expect(namesOf(fold(after(gone)))).toEqual(['1 alice owner']);
    expect(namesOf(fold(after(gone, back)))).toEqual(['1 alice owner', '3 bob member']);
    expect(fold(after(gone, back))?.joins).toBe(3);
  });

  it('changes the role of one, where they stand', () => {
    const change: Happening = { type: 'member.role_changed', data: { userId: 'alice', role: 'admin' } };
    expect(namesOf(fold(after(change)))).toEqual(['1 alice admin', '2 bob member']);
  });

  it.each(untouching)('counts a $type, which leaves the rest as it is', (happening) => {
    const before = fold(after(sent('m1')));
    expect(fold(after(sent('m1'), happening))).toEqual({ ...before, rev: 3, updated: later });
  });

  it('leaves the state before as it was', () => {
    const before = Object.freeze(fold([created])) as Conversation;
    const [, change] = after({ type: 'member.removed', data: { userId: 'bob' } });
    evolve(before, change as Entry);
    expect(before.members).toHaveLength(2);
  });

  it('refuses an entry that does not follow', () => {
    const [, second] = after(sent('m1'));
    const third = { ...(second as Entry), rev: 3 };
    expect(() => fold([created, third])).toThrow('Entry 3 of conversation c1 follows rev 1');
    expect(() => fold([created, created])).toThrow('Entry 1 of conversation c1 follows rev 1');
  });

  it('refuses a log without a beginning', () => {
    const [, second] = after(sent('m1'));
    expect(() => evolve(undefined, { ...(second as Entry), rev: 1 })).toThrow('never created');
  });
});

describe('findMember', () => {
  it('finds who is there', () => {
    const conversation = fold([created]) as Conversation;
    expect(findMember(conversation, 'bob')).toEqual({ id: 'bob', role: 'member', joined: 2 });
    expect(isMember(conversation, 'bob')).toBe(true);
    expect(findMember(conversation, 'carol')).toBeUndefined();
    expect(isMember(conversation, 'carol')).toBe(false);
  });
});
