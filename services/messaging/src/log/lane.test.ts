import { describe, expect, it } from '@jest/globals';
import { NatterError } from '@natter/contracts';
import type { Entry } from '../domain/entry.ts';
import { create, edit, react, remove, removeMember, rename, unreact } from './_commands.ts';
import { memoryDatabase, send, upTo } from './_fixtures.ts';
import type { Command } from './command.ts';

const unavailable = () => Promise.reject(new NatterError('service_unavailable'));

/** A database in which these were executed, one after the other. */
async function begun(...commands: readonly Command[]) {
  const database = memoryDatabase();
  for (const command of commands) await database.writer().execute(command);
  return database;
}

type Database = Awaited<ReturnType<typeof begun>>;

/** A writer that is overtaken: before its first append another writer executes a command. */
function overtaken({ log, writer }: Database, by: Command) {
  let appends = 0;
  return writer({
    append: async (entries) => {
      appends += 1;
      if (appends === 1) await writer().execute(by);
      return await log.append(entries);
    },
  });
}

/** A writer that keeps what it appends, an append an item. */
function watched({ log, writer }: Database) {
  const appended: string[][] = [];
  const watching = writer({
    append: async (entries) => {
      appended.push(entries.map(({ type }) => type));
      return await log.append(entries);
    },
  });
  return { writer: watching, appended };
}

const appendsNothing = async (database: Database, command: Command) => {
  const before = await database.revs();
  const { entry, replayed } = await database.writer().execute(command);
  expect({ entry, replayed }).toEqual({ entry: undefined, replayed: false });
  expect(await database.revs()).toEqual(before);
};

/** Puts an entry into the log as a process does that dies at once. */
async function left({ log }: Database, over: Pick<Entry, 'type' | 'data' | 'rev' | 'seq'>) {
  const head = { id: `left${over.rev}`, conversationId: 'c1', actorId: 'alice', at: new Date(1) };
  await log.append([{ ...head, ...over } as Entry]);
}

describe('a command that has nothing to do', () => {
  it.each([
    ['a title that is there', [create()], rename('Friends')],
    ['a removal of nobody', [create()], removeMember('carol')],
    ['a text that is there', [send()], edit(1, 'hello')],
    ['a second deletion', [send(), remove(1)], remove(1)],
    ['a second reaction', [send(), react(1, '👍')], react(1, '👍')],
    ['a reaction taken back twice', [send(), react(1, '👍'), unreact(1, '👍')], unreact(1, '👍')],
  ])('appends nothing: %s', async (_case, before, command) => {
    await appendsNothing(await begun(...before), command);
  });

  it('is answered with the message as it is', async () => {
    const database = await begun(send(), edit(1, 'hello!'));
    const { message } = await database.writer().execute(edit(1, 'hello!'));
    expect(message).toMatchObject({ seq: 1, rev: 3, content: 'hello!' });
  });

  it('rests on a state that was read after it came', async () => {
    const database = await begun(create());
    const here = database.writer();
    await here.execute(rename('Old friends'));
    await database.writer().execute(rename('New friends'));
    expect(await here.execute(rename('Old friends'))).toMatchObject({ entry: { rev: 4 } });
  });

  it('rests on nothing that is only planned', async () => {
    const database = await begun(create());
    let appends = 0;
    const writer = database.writer({
      append: async (entries) => {
        appends += 1;
        if (appends === 1) await database.writer().execute(rename('Zero'));
        if (appends === 2) return await unavailable();
        return await database.log.append(entries);
      },
    });
    const renames = ['One', 'Two', 'Two'].map((title) => writer.execute(rename(title)));
    const lost = { status: 'rejected', reason: { code: 'service_unavailable' } };
    expect(await Promise.allSettled(renames)).toMatchObject([
      lost,
      lost,
      { value: { entry: { rev: 3, data: { title: 'Two' } } } },
    ]);
  });

  it('is answered once everyone sees that there is nothing to do', async () => {
    const database = await begun(create());
    await left(database, { type: 'conversation.renamed', data: { title: 'Old friends' }, rev: 2, seq: 0 });
    await appendsNothing(database, rename('Old friends'));
    expect(await database.projections.findConversation('c1')).toMatchObject({ rev: 2, title: 'Old friends' });
  });

  it('brings the message up that it is about', async () => {
    const database = await begun(send());
    const data = { seq: 1, content: 'hello!', mentions: [] };
    await left(database, { type: 'message.edited', data, rev: 3, seq: 1 });
    await appendsNothing(database, edit(1, 'hello!'));
    expect(await database.projections.findMessage('c1', 1)).toMatchObject({ rev: 3, content: 'hello!' });
  });

  it('fails where the projections cannot be brought up', async () => {
    const database = await begun(send(), remove(1));
    const writer = database.writer({ redact: unavailable });
    await expect(writer.execute(remove(1))).rejects.toMatchObject({ code: 'service_unavailable' });
  });
});

describe('a command about a message', () => {
  it('is decided again where another writer changed that meanwhile', async () => {
    const database = await begun(send());
    const late = overtaken(database, remove(1)).execute(edit(1, 'hello!'));
    await expect(late).rejects.toMatchObject({ code: 'message_deleted' });
    expect(await database.revs()).toEqual([1, 2, 3]);
  });

  it('changes what another writer left, where it may', async () => {
    const database = await begun(send());
    const { message } = await overtaken(database, react(1, '👍', 'bob')).execute(edit(1, 'hello!'));
    const expected = { rev: 4, content: 'hello!', reactions: [{ emoji: '👍', userIds: ['bob'] }] };
    expect(message).toMatchObject(expected);
    expect(await database.projections.findMessage('c1', 1)).toMatchObject(expected);
  });

  it('is refused where it wants a rev that another writer moved on from', async () => {
    const database = await begun(send());
    const late = overtaken(database, edit(1, 'hi')).execute(edit(1, 'hello!', { ifRev: [2] }));
    await expect(late).rejects.toMatchObject({ code: 'precondition_failed' });
  });

  it('finds no message that is not there', async () => {
    const database = await begun(send());
    const beyond = database.writer().execute(edit(2, 'hello!'));
    await expect(beyond).rejects.toMatchObject({ code: 'message_not_found' });
  });

  it('goes in with other changes of the same message, each on what the one before it leaves', async () => {
    const { writer, appended } = watched(await begun(send()));
    const outcomes = await Promise.all([
      writer.execute(send()),
      writer.execute(react(1, '👍', 'bob')),
      writer.execute(react(1, '👍')),
      writer.execute(edit(1, 'hello!')),
    ]);
    expect(appended).toEqual([['message.sent'], ['reaction.added', 'reaction.added', 'message.edited']]);
    expect(outcomes.slice(1).map(({ message }) => message)).toMatchObject([
      { rev: 4, content: 'hello', reactions: [{ userIds: ['bob'] }] },
      { rev: 5, content: 'hello', reactions: [{ userIds: ['bob', 'alice'] }] },
      { rev: 6, content: 'hello!', reactions: [{ userIds: ['bob', 'alice'] }] },
    ]);
  });

  it('leaves the last of them in the projections', async () => {
    const database = await begun(send());
    const writer = database.writer();
    await Promise.all(
      [send(), react(1, '👍'), edit(1, 'one'), edit(1, 'two')].map((one) => writer.execute(one)),
    );
    expect(await database.projections.findMessage('c1', 1)).toMatchObject({ rev: 6, content: 'two' });
  });

  it('goes in once where it comes twice at once', async () => {
    const database = await begun(send());
    const writer = database.writer();
    const commands = [send(), react(1, '👍', 'bob'), react(1, '👍', 'bob')];
    const [, first, second] = await Promise.all(commands.map((command) => writer.execute(command)));
    expect([first?.entry?.rev, second?.entry]).toEqual([4, undefined]);
    expect(await database.revs()).toEqual(upTo(4));
  });

  it('may be about one that is sent in the same round', async () => {
    const { writer, appended } = watched(await begun(send()));
    const commands = [send(), send(), send({ replyTo: 3 }), edit(3, 'hello!')];
    const [, , reply, edited] = await Promise.all(commands.map((command) => writer.execute(command)));
    expect(appended).toEqual([['message.sent'], ['message.sent', 'message.sent', 'message.edited']]);
    expect(reply?.message).toMatchObject({ seq: 4, replyTo: 3 });
    expect(edited?.message).toMatchObject({ seq: 3, content: 'hello!' });
  });

  it('is refused where the message is deleted in the same round', async () => {
    const database = await begun(send());
    const writer = database.writer();
    const commands = [send(), remove(1), send({ replyTo: 1 })];
    const [, , reply] = await Promise.allSettled(commands.map((command) => writer.execute(command)));
    expect(reply).toMatchObject({ reason: { code: 'message_deleted' } });
  });
});

describe('a refused command whose key was used before', () => {
  it('is answered as it was then, with the message as it is now', async () => {
    const database = await begun(send());
    const first = await database.writer().execute(send({ key: 'k1', replyTo: 1 }));
    for (const command of [remove(1), edit(2, 'hello!')]) await database.writer().execute(command);
    const again = await database.writer().execute(send({ key: 'k1', replyTo: 1 }));
    expect(again).toMatchObject({ entry: { id: first.entry?.id }, replayed: true });
    expect(again.message).toMatchObject({ seq: 2, content: 'hello!', replyTo: 1 });
  });

  it('is refused for its key where that was used with another body', async () => {
    const database = await begun(send(), send({ key: 'k1', replyTo: 1 }), remove(1));
    const other = database.writer().execute(send({ key: 'k1', replyTo: 1, content: 'other' }));
    await expect(other).rejects.toMatchObject({ code: 'idempotency_key_reused' });
  });

  it('is told nothing where its actor may not know of the conversation any more', async () => {
    const database = await begun(create(), send({ actorId: 'bob', key: 'k1' }), removeMember('bob'));
    const again = database.writer().execute(send({ actorId: 'bob', key: 'k1' }));
    await expect(again).rejects.toMatchObject({ code: 'conversation_not_found' });
  });

  it('makes a group once, and says so', async () => {
    const database = await begun(create({ key: 'k1' }));
    const again = await database.writer().execute(create({ key: 'k1' }));
    expect(again).toMatchObject({ entry: { rev: 1 }, replayed: true, conversation: { title: 'Friends' } });
    const other = database.writer().execute(create({ key: 'k1', title: 'Others' }));
    await expect(other).rejects.toMatchObject({ code: 'idempotency_key_reused' });
  });
});

describe('a send in a direct conversation', () => {
  it('is refused where one of the two keeps the other off, whether it would found it or not', async () => {
    const asked: unknown[] = [];
    const database = memoryDatabase();
    const apart = database.writer({}, [], async (ids) => asked.push(ids.toSorted()) > 0);
    await expect(apart.execute(send())).rejects.toMatchObject({ code: 'forbidden' });
    await database.writer().execute(send());
    await expect(apart.execute(send())).rejects.toMatchObject({ code: 'forbidden' });
    expect(new Set(asked.map(String))).toEqual(new Set(['alice,bob']));
    expect(await database.seqs()).toEqual([1]);
  });

  it('fails where nobody can say whether it is refused', async () => {
    const sending = memoryDatabase().writer({}, [], unavailable).execute(send());
    await expect(sending).rejects.toMatchObject({ code: 'service_unavailable' });
  });

  it('is not asked about in a group', async () => {
    const database = await begun(create());
    const writer = database.writer({}, [], async () => true);
    expect(await writer.execute(send())).toMatchObject({ entry: { seq: 1 } });
  });
});
