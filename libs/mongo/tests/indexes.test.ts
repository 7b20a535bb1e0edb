import { expect, test } from '@jest/globals';
import { type Connection, type IndexDefinition, type IndexOptions, Schema } from 'mongoose';
import { ensureIndexes } from '../src/index.ts';
import { createConnection, failureOf, openDatabase } from './_database.ts';

interface Account {
  username: string;
  relay?: true;
}

function declare(connection: Connection, indexes: readonly [IndexDefinition, IndexOptions][]) {
  const schema = new Schema<Account>({ username: String, relay: Boolean }, { collection: 'accounts' });
  for (const [keys, options] of indexes) schema.index(keys, options);
  return connection.model<Account>('Account', schema);
}

const unique: [IndexDefinition, IndexOptions] = [{ username: 1 }, { unique: true }];

const partial: [IndexDefinition, IndexOptions] = [
  { relay: 1, username: 1 },
  { partialFilterExpression: { relay: true } },
];

test('makes the collections and indexes of every model, and once more changes nothing', async () => {
  const connection = await openDatabase();
  const accounts = declare(connection, [unique, partial]);
  connection.model('Empty', new Schema({}, { collection: 'empty' }));
  await ensureIndexes(connection);
  await ensureIndexes(connection);
  const indexes = await accounts.collection.indexes();
  expect(indexes.toSorted((a, b) => String(a.name).localeCompare(String(b.name)))).toMatchObject([
    { key: { _id: 1 } },
    { key: { relay: 1, username: 1 }, partialFilterExpression: { relay: true } },
    { key: { username: 1 }, unique: true },
  ]);
  expect((await connection.listCollections()).map(({ name }) => name).toSorted()).toEqual([
    'accounts',
    'empty',
  ]);
});

test('several processes may do so at the same moment', async () => {
  const connection = await openDatabase();
  declare(connection, [unique, partial]);
  const others = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const { mongo } = createConnection({ database: connection.name });
      declare(mongo.mongoose, [unique, partial]);
      await mongo.open(AbortSignal.timeout(60_000));
      return mongo.mongoose;
    }),
  );
  await Promise.all([connection, ...others].map(ensureIndexes));
  expect(await connection.collection('accounts').indexes()).toHaveLength(3);
});

test.each<[string, [IndexDefinition, IndexOptions], [IndexDefinition, IndexOptions]]>([
  ['is not unique', [{ username: 1 }, {}], unique],
  [
    'is unique for some documents only',
    [{ username: 1 }, { unique: true, partialFilterExpression: { relay: true } }],
    unique,
  ],
  ['is not partial', [{ relay: 1, username: 1 }, {}], partial],
])('throws where the index of these keys that is there %s', async (_, there, declared) => {
  const connection = await openDatabase();
  const accounts = declare(connection, [declared]);
  const [keys, options] = there;
  await accounts.collection.createIndex(keys as Record<string, 1>, options as object);
  await expect(ensureIndexes(connection)).rejects.toThrow('username');
});

test('throws where documents that are there already would break uniqueness', async () => {
  const connection = await openDatabase();
  const accounts = declare(connection, [unique]);
  await accounts.insertMany([{ username: 'alice' }, { username: 'alice' }]);
  expect(await failureOf(ensureIndexes(connection))).toMatchObject({ code: 11_000 });
});
