import { expect, test } from '@jest/globals';
import { FaultProxy, waitFor } from '@natter/testkit';
import { isNotRun, isUnavailable, nativeCollection } from '../src/index.ts';
import { createConnection, failureOf, mongoUrl } from './_database.ts';
import { type Notes, notesOf } from './_notes.ts';

const operations: [string, (notes: Notes) => PromiseLike<unknown>][] = [
  ['a read', (notes) => notes.findById('a').lean()],
  ['a write', (notes) => notes.insertOne({ _id: 'a', text: '' })],
  ['a bulk write', (notes) => nativeCollection(notes).insertMany([{ _id: 'a', text: '' }])],
];

async function openThrough(gate: FaultProxy) {
  const { mongo, logger } = createConnection({ url: gate.url });
  const notes = notesOf(mongo.mongoose);
  await mongo.open(AbortSignal.timeout(60_000));
  await notes.findById('a');
  const noticed = () => waitFor(async () => !(await mongo.ping()), { what: 'the outage to be noticed' });
  return { mongo, logger, notes, noticed };
}

test.each(operations)('%s fails soon while the server is away, and did not run', async (_, ask) => {
  await using gate = await FaultProxy.to(mongoUrl());
  const { notes, noticed } = await openThrough(gate);
  await gate.shut();
  await noticed();
  const began = performance.now();
  const error = await failureOf(ask(notes));
  // After 1 s; the driver's own patience is 30 s.
  expect(performance.now() - began).toBeLessThan(10_000);
  expect([isNotRun(error), isUnavailable(error)]).toEqual([true, true]);
});

test('of many writes that meet the outage at once, those that got no connection did not run', async () => {
  await using gate = await FaultProxy.to(mongoUrl());
  const { notes } = await openThrough(gate);
  await gate.shut();
  const writes = Array.from({ length: 12 }, () => failureOf(notes.insertOne({ _id: 'a', text: '' })));
  const errors = await Promise.all(writes);
  expect(errors.every(isUnavailable)).toBe(true);
  // There was one open connection, and only what was sent over it may have arrived.
  expect(errors.filter((error) => !isNotRun(error)).length).toBeLessThanOrEqual(1);
});

test('of a write whose answer was lost it is not claimed that it did not run', async () => {
  await using gate = await FaultProxy.to(mongoUrl());
  const { mongo, notes } = await openThrough(gate);
  const { mongo: direct } = createConnection({ database: mongo.mongoose.name });
  const seen = notesOf(direct.mongoose);
  await direct.open(AbortSignal.timeout(60_000));
  gate.hold();
  const failed = failureOf(nativeCollection(notes).insertMany([{ _id: 'a', text: '' }]));
  await waitFor(async () => (await seen.findById('a')) !== null, { what: 'the write' });
  await gate.shut();
  const error = await failed;
  expect([isNotRun(error), isUnavailable(error)]).toEqual([false, true]);
});

test('the connection is back by itself when the server is, and both are logged once', async () => {
  await using gate = await FaultProxy.to(mongoUrl());
  const { mongo, logger, notes, noticed } = await openThrough(gate);
  await gate.shut();
  await noticed();
  await gate.open();
  await waitFor(() => mongo.ping(), { what: 'the connection to be back' });
  expect(await notes.findById('a')).toBeNull();
  expect(logger.messages).toEqual(['MongoDB is out of reach', 'MongoDB is back']);
});

test('an operation before the connection is open fails at once', async () => {
  const { mongo } = createConnection();
  const error = await failureOf(notesOf(mongo.mongoose).findById('a'));
  expect(error).toMatchObject({ message: expect.stringContaining('before initial connection') });
  expect(await mongo.ping()).toBe(false);
});

test('nothing is logged when the connection is closed on purpose', async () => {
  await using gate = await FaultProxy.to(mongoUrl());
  const { mongo, logger } = await openThrough(gate);
  await mongo.close();
  expect(await mongo.ping()).toBe(false);
  expect(logger.messages).toEqual([]);
});
