import { expect, test } from '@jest/globals';
import { FaultProxy, waitFor } from '@natter/testkit';
import { isNotRun } from '../src/index.ts';
import { createConnection, createUser, failureOf, mongoUrl } from './_database.ts';
import { notesOf } from './_notes.ts';

test('opening tries until a server answers', async () => {
  await using gate = await FaultProxy.to(mongoUrl());
  await gate.shut();
  const { mongo, logger } = createConnection({ url: gate.url });
  const opened = mongo.open(AbortSignal.timeout(60_000));
  await waitFor(() => logger.messages.length > 0, { what: 'the first failure' });
  expect(await mongo.ping()).toBe(false);
  await gate.open();
  await opened;
  expect(await mongo.ping()).toBe(true);
});

test('opening ends with the reason of the abort, and warns once however often it tries', async () => {
  await using gate = await FaultProxy.to(mongoUrl());
  await gate.shut();
  const { mongo, logger } = createConnection({ url: gate.url });
  const reason = new Error('the service is stopping');
  const aborted = new AbortController();
  let tries = 0;
  mongo.mongoose.on('connecting', () => {
    tries += 1;
    if (tries === 3) aborted.abort(reason);
  });
  expect(await failureOf(mongo.open(aborted.signal))).toBe(reason);
  expect(logger.messages).toEqual(['MongoDB is out of reach; trying on']);
});

test('an abort between two tries is the reason too', async () => {
  await using gate = await FaultProxy.to(mongoUrl());
  await gate.shut();
  const { mongo } = createConnection({ url: gate.url });
  const reason = new Error('the service is stopping');
  const aborted = new AbortController();
  mongo.mongoose.on('disconnected', () => setImmediate(() => aborted.abort(reason)));
  expect(await failureOf(mongo.open(aborted.signal))).toBe(reason);
});

test('nothing is tried once the signal has aborted', async () => {
  const { mongo } = createConnection();
  const reason = new Error('the service is stopping');
  expect(await failureOf(mongo.open(AbortSignal.abort(reason)))).toBe(reason);
  expect(mongo.mongoose.readyState).toBe(0);
});

test('credentials that are refused are not tried again', async () => {
  const url = new URL(mongoUrl());
  Object.assign(url, { username: 'nobody', password: 'wrong-password' });
  const { mongo } = createConnection({ url: url.href });
  const error = await failureOf(mongo.open(AbortSignal.timeout(60_000)));
  expect(error).toMatchObject({
    message: 'MongoDB refused the credentials: those of the user "nobody"',
    cause: { name: 'MongoServerError', code: 18 },
  });
});

test('credentials that are taken open it, and without them nothing is done once they are refused', async () => {
  await using gate = await FaultProxy.to(mongoUrl());
  const user = await createUser();
  const { mongo, logger } = createConnection({ url: user.urlOf(gate.url) });
  await mongo.open(AbortSignal.timeout(60_000));
  expect(await mongo.ping()).toBe(true);
  await user.drop();
  await gate.shut();
  await waitFor(() => logger.messages.length > 0, { what: 'the outage to be noticed' });
  await gate.open();
  const refused = () => mongo.ping().then(() => logger.messages.some((message) => /refuses/.test(message)));
  await waitFor(refused, { what: 'the credentials to be refused' });
  expect(await mongo.ping()).toBe(false);
  expect(isNotRun(await failureOf(notesOf(mongo.mongoose).insertOne({ _id: 'a', text: '' })))).toBe(true);
  expect(logger.messages.filter((message) => /refuses/.test(message))).toHaveLength(1);
});

test.each([
  ['names no host', 'mongodb://', 'host'],
  ['has a port that is no number', 'mongodb://127.0.0.1:port/', '127.0.0.1:port'],
  ['has an unknown option', 'mongodb://127.0.0.1:1/?noSuchOption=1', 'nosuchoption'],
])('a URL that %s is refused at once', async (_, url, named) => {
  const { mongo, logger } = createConnection({ url });
  const signal = AbortSignal.timeout(60_000);
  await expect(mongo.open(signal)).rejects.toThrow(named);
  expect([signal.aborted, logger.messages]).toEqual([false, []]);
});
