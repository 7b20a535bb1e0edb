import { expect, test } from '@jest/globals';
import { FaultProxy, waitFor } from '@natter/testkit';
import { type Connection, Schema } from 'mongoose';
import { bulkUpsert, ensureIndexes, isUnavailable, replaceOlder } from '../src/index.ts';
import { createConnection, failureOf, mongoUrl, openDatabase } from './_database.ts';

interface Profile {
  _id: string;
  version: number;
  name: string;
  motto?: string;
}

function profilesOn(connection: Connection) {
  const schema = new Schema<Profile>(
    { _id: String, version: Number, name: String, motto: String },
    { collection: 'profiles', versionKey: false },
  );
  const profiles = connection.model<Profile>('Profile', schema);
  const save = (...documents: Profile[]) =>
    bulkUpsert(
      profiles,
      documents.map((document) => replaceOlder(document, 'version')),
    );
  const stored = () => profiles.find().sort({ _id: 1 }).lean<Profile[]>();
  return { profiles, save, stored };
}

async function openProfiles() {
  const connection = await openDatabase();
  const profiles = profilesOn(connection);
  await ensureIndexes(connection);
  return { ...profiles, database: connection.name };
}

const alice = (version: number): Profile => ({ _id: 'alice', version, name: `alice ${version}` });

test('makes what is not there', async () => {
  const { save, stored } = await openProfiles();
  await save(alice(1), { _id: 'bob', version: 7, name: 'bob' });
  expect(await stored()).toEqual([alice(1), { _id: 'bob', version: 7, name: 'bob' }]);
});

test('puts the newer in place of the older, whole', async () => {
  const { save, stored } = await openProfiles();
  await save({ ...alice(1), motto: 'onwards' });
  await save(alice(2));
  expect(await stored()).toEqual([alice(2)]);
});

test('leaves alone what is as new or newer', async () => {
  const { save, stored } = await openProfiles();
  await save(alice(2));
  await save(alice(1));
  await save({ ...alice(2), name: 'another' });
  expect(await stored()).toEqual([alice(2)]);
});

test('the newest of many is kept, in whatever order one write holds them', async () => {
  const { save, stored } = await openProfiles();
  await save(...[3, 1, 5, 2, 4].map(alice));
  expect(await stored()).toEqual([alice(5)]);
});

test('the newest of many is kept when they are written at the same moment', async () => {
  const { save, stored } = await openProfiles();
  for (let round = 0; round < 10; round += 1) {
    const versions = Array.from({ length: 12 }, (_, index) => ((index * 7 + round) % 12) + 1);
    const documents = versions.map((version) => ({
      _id: `user ${round}`,
      version,
      name: `${round} ${version}`,
    }));
    await Promise.all(documents.map((document) => save(document)));
  }
  expect((await stored()).map(({ version }) => version)).toEqual(Array.from({ length: 10 }, () => 12));
});

test('what was refused is done once more, and wins where it is the newer after all', async () => {
  await using gate = await FaultProxy.to(mongoUrl());
  const { profiles, stored, database } = await openProfiles();
  const { mongo } = createConnection({ url: gate.url, database });
  await mongo.open(AbortSignal.timeout(60_000));
  await profiles.insertOne(alice(5));
  gate.hold();
  // The server refuses the first; the second shows that it did, before the writer is told.
  const saved = profilesOn(mongo.mongoose).save(alice(3), { _id: 'bob', version: 1, name: 'bob' });
  const refused = async () => (await profiles.findById('bob')) !== null;
  await waitFor(refused, { what: 'the first attempt' });
  await profiles.replaceOne({ _id: 'alice' }, alice(1));
  gate.release();
  await saved;
  expect((await stored())[0]).toEqual(alice(3));
});

test('a connection that is lost under it is no success', async () => {
  await using gate = await FaultProxy.to(mongoUrl());
  const { profiles, database } = await openProfiles();
  const { mongo } = createConnection({ url: gate.url, database });
  await mongo.open(AbortSignal.timeout(60_000));
  gate.hold();
  const failed = failureOf(profilesOn(mongo.mongoose).save(alice(1)));
  const written = async () => (await profiles.findById('alice')) !== null;
  await waitFor(written, { what: 'the write' });
  await gate.shut();
  expect(isUnavailable(await failed)).toBe(true);
});

test('nothing to do is done without the server', async () => {
  const { save } = await openProfiles();
  await expect(save()).resolves.toBeUndefined();
});

test('what goes wrong otherwise is thrown', async () => {
  const { profiles } = await openProfiles();
  const broken = {
    updateOne: { filter: { _id: 'a' }, update: { $noSuchOperator: {} } as object, upsert: true },
  };
  await expect(bulkUpsert(profiles, [broken])).rejects.toThrow('noSuchOperator');
});
