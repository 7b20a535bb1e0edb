import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  addReaction,
  conversationJoined,
  deleteMessage,
  type Entry as EntryDto,
  editMessage,
  entryPushed,
  joiningGroupOf,
  type Message as MessageDto,
  type PushedBy,
  readLog,
  removeMember,
  removeReaction,
  renameConversation,
  setMember,
} from '@natter/contracts';
import { waitFor } from '@natter/testkit';
import { type Conversation, evolve } from '../src/domain/conversation.ts';
import { type Entry, messageSeqOf } from '../src/domain/entry.ts';
import { evolveMessage, type Message } from '../src/domain/message.ts';
import { makeGroup, readWholeLog } from './_groups.ts';
import { askAll } from './_replicas.ts';
import { openStack, type Stack } from './_stack.ts';

const entryOf = ({ actor: _, at, ...entry }: EntryDto): Entry => ({ ...entry, id: '', at: new Date(at) });

const foldOf = (entries: readonly Entry[]) =>
  entries.reduce<Conversation | undefined>(evolve, undefined) as Conversation;

const messageAt = (entries: readonly Entry[], seq: number) =>
  entries
    .filter((entry) => messageSeqOf(entry) === seq)
    .reduce<Message | undefined>(evolveMessage, undefined) as Message;

const time = (at: Date | null) => at?.toISOString() ?? null;

/** What of a message can be told from the log, as a reader sees it. */
function shown(
  { sent, edited, deleted, reactions, clientMessageId: _, ...message }: Message,
  readerId: string,
) {
  const counted = reactions.map(({ emoji, userIds }) => ({
    emoji,
    count: userIds.length,
    mine: userIds.includes(readerId),
  }));
  return { ...message, sent: time(sent), edited: time(edited), deleted: time(deleted), reactions: counted };
}

const withoutNames = ({ sender: _, clientMessageId: _id, ...message }: MessageDto) => message;

describe('the log, on two messaging services', () => {
  let stack: Stack;
  let conversation: { id: string };

  beforeAll(async () => {
    stack = await openStack();
    await Promise.all([stack.start(), stack.start()]);
    conversation = await makeGroup(stack, 'alice', 'bob', 'carol');
    const at = (seq: number) => ({ conversation, seq });
    const [alice, bob] = [stack.as('alice'), stack.as('bob')];
    await alice.send({ conversation, content: 'one @bob' });
    await bob.send({ conversation, content: 'two', replyTo: 1, clientMessageId: 'in-the-log-0123456789' });
    await alice.call(renameConversation, { conversation, title: 'Renamed' });
    await alice.call(setMember, { conversation, username: 'dave' });
    await alice.call(setMember, { conversation, username: 'bob', role: 'admin' });
    await bob.send({ conversation, content: 'three' });
    await bob.call(editMessage, { ...at(2), content: 'two, for @carol' });
    for (const who of ['alice', 'bob', 'dave'])
      await stack.as(who).call(addReaction, { ...at(1), emoji: '👍' });
    await alice.call(removeReaction, { ...at(1), emoji: '👍' });
    await bob.call(removeMember, { conversation, username: 'carol' });
    await bob.call(deleteMessage, at(3));
    await alice.send({ conversation, content: 'four' });
  });
  afterAll(() => stack.stop());

  it('is pushed to whoever listens for the conversation, entry by entry, as it is read', async () => {
    const { id } = await makeGroup(stack, 'alice', 'bob');
    const pushed: EntryDto[] = [];
    const listening = await stack.bus.listen(entryPushed, {
      address: id,
      handle: (entry) => pushed.push(entry),
      onGap: () => undefined,
    });
    for (const content of ['one', 'two']) await stack.as('alice').send({ conversation: { id }, content });
    await stack.as('alice').call(editMessage, { conversation: { id }, seq: 2, content: 'for nobody' });
    const after = (rev: number) => pushed.filter((entry) => entry.rev > rev);
    await waitFor(() => after(1).length === 3, { what: 'all three' });
    listening.stop();
    const byRev = after(1).toSorted((one, other) => one.rev - other.rev);
    expect(byRev).toEqual((await readWholeLog(stack, 'bob', { id })).slice(1));
  });

  it('tells whoever comes to be in it by which entry, and nobody else', async () => {
    const heard: PushedBy<typeof conversationJoined>[] = [];
    const names = ['alice', 'erin', 'frank', 'grace'];
    const listener = stack.bus.listenByAddress(conversationJoined, {
      handle: (joined) => heard.push(joined),
      onGap: () => undefined,
    });
    for (const name of names) listener.add(joiningGroupOf(stack.idOf(name)));
    await listener.settled();
    const made = await makeGroup(stack, 'alice', 'erin');
    await stack.as('alice').call(setMember, { conversation: made, username: 'frank' });
    const told = () =>
      heard.flatMap(({ conversationId, rev, userIds }) => userIds.map((id) => ({ conversationId, rev, id })));
    await waitFor(() => told().length === 3, { what: 'all three' });
    listener.stop();
    const joined = (name: string, rev: number) => ({ id: stack.idOf(name), conversationId: made.id, rev });
    expect(new Set(told())).toEqual(new Set([joined('alice', 1), joined('erin', 1), joined('frank', 2)]));
  });

  it('has every rev once, without a hole, in pages of any size, on every replica', async () => {
    const whole = await readWholeLog(stack, 'bob', conversation);
    expect(whole.map(({ rev }) => rev)).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
    for (const limit of [1, 3, 15])
      expect(await readWholeLog(stack, 'bob', conversation, limit)).toEqual(whole);
    const request = { conversation, after: 5, limit: 4 };
    for (const { data, page } of await askAll(() => stack.as('bob').call(readLog, request))) {
      expect(data).toEqual(whole.slice(5, 9));
      expect(page).toEqual({ hasAfter: true, rev: 15, epoch: expect.any(String), limit: 4 });
    }
  });

  it('folds to the conversation that is shown', async () => {
    const folded = foldOf((await readWholeLog(stack, 'alice', conversation)).map(entryOf));
    const shownOne = await stack.as('alice').conversation({ conversation, limit: 10 });
    expect(shownOne).toMatchObject({
      id: folded.id,
      kind: folded.kind,
      title: folded.title,
      seq: folded.seq,
      rev: folded.rev,
      updated: folded.updated.toISOString(),
      memberCount: folded.members.length,
      lastMessage: { id: folded.lastMessageId },
    });
    expect(shownOne.members.map(({ id, role }) => ({ id, role }))).toEqual(
      folded.members.map(({ id, role }) => ({ id, role })),
    );
  });

  it.each(['alice', 'bob', 'dave'])('folds to the messages that %s is shown', async (reader) => {
    const entries = (await readWholeLog(stack, reader, conversation)).map(entryOf);
    const { data } = await stack.as(reader).messages({ conversation, limit: 10 });
    expect(data.map(withoutNames)).toEqual(
      [1, 2, 3, 4].map((seq) => shown(messageAt(entries, seq), stack.idOf(reader))),
    );
  });

  it('is at its end beyond its head, as the messages are', async () => {
    for (const after of [15, 16, 1_000_000]) {
      const log = await stack.as('alice').call(readLog, { conversation, after, limit: 10 });
      expect(log).toEqual({
        data: [],
        page: { hasAfter: false, rev: 15, epoch: expect.any(String), limit: 10 },
      });
    }
    const { data, page } = await stack
      .as('alice')
      .messages({ conversation, limit: 10, position: { after: 99 } });
    expect({ data, hasAfter: page.hasAfter, seq: page.seq }).toEqual({ data: [], hasAfter: false, seq: 4 });
  });

  it('is empty where nobody has begun', async () => {
    const request = { conversation: { with: 'erin' }, after: 0, limit: 10 };
    const log = await stack.as('alice').call(readLog, request);
    expect(log).toEqual({
      data: [],
      page: { hasAfter: false, rev: 0, epoch: expect.any(String), limit: 10 },
    });
  });
});
