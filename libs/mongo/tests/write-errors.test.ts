import { expect, test } from '@jest/globals';
import { type mongo, Schema } from 'mongoose';
import {
  duplicateKeyOf,
  ensureIndexes,
  insertedBeforeDuplicate,
  isNotRun,
  isUnavailable,
  nativeCollection,
  refusedAsDuplicates,
} from '../src/index.ts';
import { failureOf, openDatabase } from './_database.ts';
import { notesOf } from './_notes.ts';

const note = (name: string) => ({ _id: name, text: name });

/** Notes, of which `a` is there. */
async function openNotes() {
  const connection = await openDatabase();
  const notes = notesOf(connection);
  await ensureIndexes(connection);
  await notes.insertOne(note('a'));
  return { connection, notes, native: nativeCollection(notes) };
}

test('a refused single write names the fields of the index that refused it', async () => {
  const { notes } = await openNotes();
  await notes.insertOne(note('b'));
  const refusals = [
    await failureOf(notes.insertOne({ _id: 'a', text: 'new' })),
    await failureOf(notes.insertOne({ _id: 'new', text: 'a' })),
    await failureOf(notes.updateOne({ _id: 'b' }, { $set: { text: 'a' } })),
  ];
  expect(refusals.map(duplicateKeyOf)).toEqual([['_id'], ['text'], ['text']]);
});

test('the fields of a compound index are named in its order', async () => {
  const connection = await openDatabase();
  const schema = new Schema({ conversationId: String, rev: Number });
  schema.index({ conversationId: 1, rev: 1 }, { unique: true });
  const entries = connection.model('Entry', schema);
  await ensureIndexes(connection);
  await entries.insertOne({ conversationId: 'c', rev: 1 });
  const error = await failureOf(entries.insertOne({ rev: 1, conversationId: 'c' }));
  expect(duplicateKeyOf(error)).toEqual(['conversationId', 'rev']);
});

test.each([
  ['a', 'b', 'c'],
  ['b', 'a', 'c'],
  ['b', 'c', 'a'],
])('of an ordered insert of %s, %s and %s those before the one that is there went in', async (...names) => {
  const { notes, native } = await openNotes();
  const error = await failureOf(native.insertMany(names.map(note), { ordered: true }));
  const before = names.indexOf('a');
  expect(insertedBeforeDuplicate(error)).toBe(before);
  const stored = await notes.find().lean();
  expect(stored.map(({ _id }) => _id).toSorted()).toEqual(['a', ...names.slice(0, before)].toSorted());
});

test('what went in before a duplicate does not count where no majority is known to have it', async () => {
  const { native } = await openNotes();
  const error = (await failureOf(native.insertMany(['b', 'a'].map(note)))) as mongo.MongoBulkWriteError;
  expect([insertedBeforeDuplicate(error), refusedAsDuplicates(error)]).toEqual([1, [1]]);
  // A server steps down when it likes, so what the driver would note then is noted here.
  error.result.getRawResponse()['writeConcernErrors'].push({ code: 64, errmsg: 'no majority' });
  expect([insertedBeforeDuplicate(error), refusedAsDuplicates(error)]).toEqual([undefined, undefined]);
  expect([isNotRun(error), isUnavailable(error)]).toEqual([false, true]);
});

test('of an unordered bulk write every refused operation is named by its place', async () => {
  const { notes, native } = await openNotes();
  await notes.insertOne(note('b'));
  const operations = ['a', 'c', 'b', 'd', 'a'].map((name) => ({ insertOne: { document: note(name) } }));
  const error = await failureOf(native.bulkWrite(operations, { ordered: false }));
  expect(refusedAsDuplicates(error)).toEqual([0, 2, 4]);
  expect(await notes.countDocuments()).toBe(4);
});

test('one refused operation is named as a list of one', async () => {
  const { native } = await openNotes();
  const operations = ['c', 'a'].map((name) => ({ insertOne: { document: note(name) } }));
  expect(refusedAsDuplicates(await failureOf(native.bulkWrite(operations, { ordered: false })))).toEqual([1]);
});

test('a bulk write that failed for another reason too is no mere refusal', async () => {
  const { native } = await openNotes();
  const operations = [
    { insertOne: { document: note('a') } },
    { updateOne: { filter: { _id: 'a' }, update: { $inc: { text: 1 } } as object } },
  ];
  expect(
    refusedAsDuplicates(await failureOf(native.bulkWrite(operations, { ordered: false }))),
  ).toBeUndefined();
});

test('a single refusal is not taken for a bulk one, nor a bulk one for a single one', async () => {
  const { notes, native } = await openNotes();
  const single = await failureOf(notes.insertOne(note('a')));
  const bulk = await failureOf(native.insertMany([note('a')]));
  expect([insertedBeforeDuplicate(single), refusedAsDuplicates(single)]).toEqual([undefined, undefined]);
  expect(duplicateKeyOf(bulk)).toBeUndefined();
});

test('a refusal is the operation at fault, not the database', async () => {
  const { notes, native } = await openNotes();
  for (const error of [
    await failureOf(notes.insertOne(note('a'))),
    await failureOf(native.insertMany([note('a')])),
    await failureOf(notes.updateOne({ _id: 'a' }, { $inc: { text: 1 } })),
  ])
    expect([isNotRun(error), isUnavailable(error)]).toEqual([false, false]);
});

test.each([new Error('E11000'), { code: 11_000, keyPattern: { a: 1 } }, undefined, null, 'text'])(
  '%p is none of these errors',
  (error) => {
    expect([duplicateKeyOf, insertedBeforeDuplicate, refusedAsDuplicates].map((read) => read(error))).toEqual(
      [undefined, undefined, undefined],
    );
    expect([isNotRun(error), isUnavailable(error)]).toEqual([false, false]);
  },
);
