import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startProcess, stopProcess } from './_process.ts';
import { openStack } from './_stack.ts';

const upTo = (length: number) => Array.from({ length }, (_, index) => index + 1);

describe('two messaging processes', () => {
  let processes: ChildProcess[];
  let stack: Awaited<ReturnType<typeof openStack>>;

  beforeAll(async () => {
    stack = await openStack();
    processes = await Promise.all([startProcess(stack.settings), startProcess(stack.settings)]);
  });
  afterAll(async () => {
    await Promise.all(processes.map(stopProcess));
    await stack.stop();
  });

  it('show a conversation from both sides, in order', async () => {
    await stack.as('alice').send({ conversation: { with: 'bob' }, content: 'hello' });
    await stack.as('bob').send({ conversation: { with: 'alice' }, content: 'hello yourself', replyTo: 1 });
    const [mine, theirs] = await Promise.all([
      stack.as('alice').conversation({ conversation: { with: 'bob' }, limit: 50 }),
      stack.as('bob').conversation({ conversation: { with: 'alice' }, limit: 50 }),
    ]);
    expect(theirs.messages).toEqual(mine.messages);
    expect(
      mine.messages.data.map(({ sender, content, seq, replyTo }) => [sender, content, seq, replyTo]),
    ).toEqual([
      ['alice', 'hello', 1, null],
      ['bob', 'hello yourself', 2, 1],
    ]);
    expect([mine.readSeq, mine.unread, theirs.readSeq, theirs.unread]).toEqual([1, 1, 2, 0]);
  });

  it('show one that nobody has begun as empty, to those whom it would be', async () => {
    const empty = await stack.as('alice').conversation({ conversation: { with: 'carol' }, limit: 50 });
    expect(empty).toMatchObject({ id: null, seq: 0, rev: 0, unread: 0, lastMessage: null, updated: null });
    expect(empty.members.map(({ username }) => username).toSorted()).toEqual(['alice', 'carol']);
    expect(empty.messages).toEqual({
      data: [],
      page: { hasBefore: false, hasAfter: false, seq: 0, epoch: expect.any(String), limit: 50 },
    });
  });

  it('keep a notebook for whoever writes to themselves', async () => {
    await stack.as('carol').send({ conversation: { with: 'carol' }, content: 'note' });
    const notebook = await stack.as('carol').conversation({ conversation: { with: 'carol' }, limit: 50 });
    expect(notebook.members).toHaveLength(1);
    expect(notebook.messages.data.map(({ content }) => content)).toEqual(['note']);
  });

  it('hide a conversation from whoever is no member, as if it were not there', async () => {
    const { message } = await stack.as('alice').send({ conversation: { with: 'bob' }, content: 'secret' });
    const theirs = { conversation: { id: message.conversationId } };
    const nothing = { conversation: { id: '01990000-0000-7000-8000-000000000000' } };
    for (const conversation of [theirs, nothing]) {
      const attempts = [
        stack.as('carol').conversation({ ...conversation, limit: 1 }),
        stack.as('carol').messages({ ...conversation, limit: 1 }),
        stack.as('carol').send({ ...conversation, content: 'let me in' }),
      ];
      const outcomes = await Promise.allSettled(attempts);
      for (const outcome of outcomes) {
        expect(outcome).toMatchObject({ reason: { code: 'conversation_not_found', detail: undefined } });
      }
    }
  });

  it('know nobody by a name that nobody has', async () => {
    const attempt = stack.as('alice').send({ conversation: { with: 'nobody' }, content: 'hello' });
    await expect(attempt).rejects.toMatchObject({ code: 'user_not_found' });
  });

  it('make one conversation of two first messages at the same moment', async () => {
    await Promise.all([
      stack.as('bob').send({ conversation: { with: 'carol' }, content: 'first' }),
      stack.as('carol').send({ conversation: { with: 'bob' }, content: 'no, I' }),
    ]);
    const { rev, messages } = await stack
      .as('bob')
      .conversation({ conversation: { with: 'carol' }, limit: 50 });
    expect(rev).toBe(3);
    expect(messages.data.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it('answer 50 copies of one keyed send alike, with one message', async () => {
    const before = await stack.as('alice').conversation({ conversation: { with: 'bob' }, limit: 1 });
    const copy = { conversation: { with: 'bob' }, content: 'once', clientMessageId: 'copies-0123456789' };
    const answers = await Promise.all(Array.from({ length: 50 }, () => stack.as('alice').send(copy)));
    expect(new Set(answers.map(({ message }) => JSON.stringify(message))).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    const after = await stack.as('alice').conversation({ conversation: { with: 'bob' }, limit: 1 });
    expect(after.seq).toBe(before.seq + 1);
  });

  it('refuse a key that comes again with another body', async () => {
    const keyed = { conversation: { with: 'bob' }, clientMessageId: 'reused-0123456789' };
    await stack.as('alice').send({ ...keyed, content: 'one' });
    const again = stack.as('alice').send({ ...keyed, content: 'two' });
    await expect(again).rejects.toMatchObject({ code: 'idempotency_key_reused' });
  });

  it('show a client message id to its sender only', async () => {
    const clientMessageId = 'private-0123456789';
    await stack.as('alice').send({ conversation: { with: 'bob' }, content: 'mine', clientMessageId });
    const ids = (who: 'alice' | 'bob', other: string) =>
      stack
        .as(who)
        .messages({ conversation: { with: other }, limit: 1 })
        .then(({ data }) => data[0]?.clientMessageId);
    expect([await ids('alice', 'bob'), await ids('bob', 'alice')]).toEqual([clientMessageId, null]);
  });

  it('never show more read than there is, while their reader is sending', async () => {
    const sending = upTo(60).map((n) =>
      stack.as('bob').sendUntilKnown({
        conversation: { with: 'bob' },
        content: `${n}`,
        clientMessageId: `while-reading-0123-${n}`,
      }),
    );
    const reading = upTo(60).map(() =>
      stack.as('bob').conversation({ conversation: { with: 'bob' }, limit: 1 }),
    );
    const [views] = await Promise.all([Promise.all(reading), Promise.all(sending)]);
    for (const { readSeq, seq, unread } of views) expect(readSeq + unread).toBe(seq);
  });

  it('number what 64 writers send to one conversation 1, 2, 3, … without a hole', async () => {
    const conversation = { with: 'carol' };
    const writers = upTo(64).map(async (writer) => {
      const sent: number[] = [];
      for (const n of upTo(50)) {
        const clientMessageId = `writer-${writer}-message-${n}`;
        const { message } = await stack
          .as('alice')
          .sendUntilKnown({ conversation, content: `${writer}/${n}`, clientMessageId });
        sent.push(message.seq);
      }
      return sent;
    });
    const sent = await Promise.all(writers);
    expect(sent.flat().toSorted((one, other) => one - other)).toEqual(upTo(3_200));
    for (const own of sent) expect(own).toEqual(own.toSorted((one, other) => one - other));

    const pages = upTo(16).map((page) =>
      stack
        .as('carol')
        .messages({ conversation: { with: 'alice' }, limit: 200, position: { after: (page - 1) * 200 } }),
    );
    const read = (await Promise.all(pages)).flatMap(({ data }) => data);
    expect(read.map(({ seq }) => seq)).toEqual(upTo(3_200));
    expect(new Set(read.map(({ content }) => content)).size).toBe(3_200);
  });
});
