import { expect, test } from '@jest/globals';
import type { Connection, mongo } from 'mongoose';
import { ensureIndexes, nativeCollection } from '../src/index.ts';
import { createConnection, mongoUrl, openDatabase } from './_database.ts';
import { notesOf } from './_notes.ts';

const listening = () => {
  const url = new URL(mongoUrl());
  url.pathname ||= '/';
  url.searchParams.set('monitorCommands', 'true');
  return url.href;
};

/** The commands that the driver sends from now on. */
function listen(connection: Connection): mongo.Document[] {
  const commands: mongo.Document[] = [];
  connection.getClient().on('commandStarted', ({ command }) => commands.push(command));
  return commands;
}

async function commandsOf(retryWrites: boolean) {
  const connection = await openDatabase({ url: listening(), retryWrites });
  const notes = notesOf(connection);
  const commands = listen(connection);
  await notes.insertOne({ _id: 'a', text: 'a' });
  await nativeCollection(notes).insertMany([{ _id: 'b', text: 'b' }]);
  await notes.updateOne({ _id: 'a' }, { $set: { text: 'c' } });
  await notes.findById('a').lean();
  await notes.aggregate([{ $match: { _id: 'a' } }]);
  const named = (...names: string[]) => commands.filter((command) => names.some((name) => name in command));
  return { writes: named('insert', 'update'), reads: named('find', 'aggregate') };
}

test('every write asks for a majority and the disk, every read for what a majority has', async () => {
  const { writes, reads } = await commandsOf(false);
  expect(writes.map((command) => command['writeConcern'])).toEqual(
    Array.from({ length: 3 }, () => ({ w: 'majority', j: true })),
  );
  expect(reads.map((command) => command['readConcern'])).toEqual(
    Array.from({ length: 2 }, () => ({ level: 'majority' })),
  );
});

test.each([true, false])('the driver repeats writes by itself where that is asked for: %p', async (asked) => {
  const { writes } = await commandsOf(asked);
  expect(writes.map((command) => 'txnNumber' in command)).toEqual([asked, asked, asked]);
});

test('a filter cannot smuggle in an operator or a list', async () => {
  const notes = notesOf(await openDatabase());
  await notes.insertOne({ _id: 'a', text: 'a' });
  for (const smuggled of [{ $ne: null }, ['a', 'b']])
    await expect(notes.find({ _id: smuggled as unknown as string })).rejects.toThrow('Cast to string failed');
});

test('a filter on a field that no schema knows is an error, not a match of everything', async () => {
  const notes = notesOf(await openDatabase());
  await expect(notes.find({ texd: 'a' } as object)).rejects.toThrow('texd');
});

test('opening makes no collections and no indexes: that is for ensureIndexes, which says when it could not', async () => {
  const { mongo: first, database } = createConnection();
  const notes = notesOf(first.mongoose);
  await first.open(AbortSignal.timeout(60_000));
  await notes.init();
  expect(await first.mongoose.listCollections()).toEqual([]);
  await ensureIndexes(first.mongoose);
  expect((await first.mongoose.listCollections()).map(({ name }) => name)).toEqual(['notes']);
  await first.mongoose.dropDatabase();
  expect(first.mongoose.name).toBe(database);
});
