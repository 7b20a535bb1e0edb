import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ensureIndexes, MongoConnection } from '@natter/mongo';
import { createLogger } from '@natter/platform';
import { uniqueName } from '@natter/testkit';
import { uuidv7 } from 'uuidv7';
import type { Account } from '../src/domain/account.ts';
import { deletedAccount } from '../src/domain/delete-user.ts';
import { disabledAccount } from '../src/domain/disable-user.ts';
import type { Profile } from '../src/domain/profile.ts';
import type { SecondFactor } from '../src/domain/second-factor.ts';
import type { Storage } from '../src/domain/storage.ts';
import { createMemoryStorage } from '../src/storage/memory-storage.ts';
import { createMongoStorage } from '../src/storage/mongo-storage.ts';
import { describeSessions } from './_sessions-contract.ts';

const mongo = new MongoConnection({
  url: String(process.env['TEST_MONGODB_URL']),
  database: uniqueName(),
  logger: createLogger({ name: 'test', level: 'silent' }),
  retryWrites: false,
});

async function emptyMongoStorage(): Promise<Storage> {
  const storage = createMongoStorage(mongo.mongoose);
  await mongo.mongoose.dropDatabase();
  await ensureIndexes(mongo.mongoose);
  return storage;
}

beforeAll(() => mongo.open(AbortSignal.timeout(60_000)));

afterAll(async () => {
  await mongo.mongoose.dropDatabase();
  await mongo.close();
});

function accountOf(username: string, displayName = username): Account {
  const created = new Date('2026-01-02T03:04:05.678Z');
  return {
    id: uuidv7(),
    username,
    displayName,
    passwordHash: `hash of ${username}`,
    disabled: false,
    sessionEpoch: 0,
    created,
    deleted: false,
    receipts: 'shared',
    version: 1,
  };
}

const factorOf = (lastStep: number): SecondFactor => ({
  seals: [{ kid: 'k', box: 'sealed' }],
  confirmed: true,
  lastStep,
  recoveryHashes: ['one', 'other'],
});

function profileOf({ id, username, displayName, created, receipts, deleted, version }: Account): Profile {
  return { id, username, displayName, created, receipts, deleted, version };
}

describe.each([
  ['in memory', async () => createMemoryStorage()],
  ['in MongoDB', emptyMongoStorage],
])('storage %s', (_, createStorage) => {
  let storage: Storage;

  beforeEach(async () => {
    storage = await createStorage();
  });

  const add = async (...accounts: Account[]): Promise<void> => {
    for (const account of accounts) expect(await storage.accounts.add(account)).toBe(true);
  };

  test('gives an account back as it was added', async () => {
    const alice = accountOf('alice');
    await add(alice, accountOf('bob'));
    expect(await storage.accounts.findByUsername('alice')).toEqual(alice);
    expect(await storage.accounts.findByUsername('nobody')).toBeUndefined();
  });

  test('adds one of many simultaneous accounts of one name, and keeps that one', async () => {
    const rivals = Array.from({ length: 10 }, () => accountOf('wanted'));
    const added = await Promise.all(rivals.map((rival) => storage.accounts.add(rival)));
    expect(added.filter(Boolean)).toHaveLength(1);
    expect(await storage.accounts.findByUsername('wanted')).toEqual(rivals[added.indexOf(true)]);
    expect(await storage.outbox.readMarked(10)).toHaveLength(1);
  });

  test('gives no name that looks like one that somebody has, or had', async () => {
    const alice = accountOf('alice');
    await add(alice, accountOf('mark'));
    expect(await storage.accounts.add(accountOf('a1ice'))).toBe(false);
    expect(await storage.accounts.add(accountOf('rnark'))).toBe(false);
    expect(await storage.accounts.replace(deletedAccount(alice))).toBe(true);
    expect(await storage.accounts.add(accountOf('allce'))).toBe(false);
    await add(accountOf('alicia'));
  });

  test('makes one account of simultaneous ones with one invite, and none any more', async () => {
    const invite = { hash: 'hash', created: new Date('2026-01-02'), expires: new Date('2126-01-02') };
    await storage.invites.add(invite);
    expect(await storage.invites.findUnused('hash')).toEqual(invite);
    expect(await storage.invites.findUnused('another')).toBeUndefined();
    const guests = ['ann', 'ben', 'cid', 'dan'].map((name) => ({ ...accountOf(name), invite: 'hash' }));
    const results = await Promise.allSettled(guests.map((guest) => storage.accounts.add(guest)));
    const refusals = results.filter((result) => result.status === 'rejected');
    expect(refusals.map(({ reason }) => reason.code)).toEqual(Array(3).fill('registration_closed'));
    expect(await storage.invites.findUnused('hash')).toBeUndefined();
    const made = guests.find((_guest, index) => results[index]?.status === 'fulfilled') as Account;
    expect(await storage.accounts.findById(made.id)).toEqual(made);
    await storage.accounts.replace(deletedAccount(made));
    expect(await storage.invites.findUnused('hash')).toBeUndefined();
  });

  test('uses no invite up for an account that is not made', async () => {
    await storage.invites.add({ hash: 'hash', created: new Date(), expires: new Date('2126-01-02') });
    await add(accountOf('alice'));
    expect(await storage.accounts.add({ ...accountOf('alice'), invite: 'hash' })).toBe(false);
    expect(await storage.invites.findUnused('hash')).toBeDefined();
    await add({ ...accountOf('bob'), invite: 'hash' });
  });

  test('finds profiles by id and by username, without the password', async () => {
    const [alice, bob] = [accountOf('alice'), accountOf('bob')];
    await add(alice, bob);
    expect(await storage.directory.find({ ids: [bob.id, uuidv7()] })).toEqual([profileOf(bob)]);
    expect(await storage.directory.find({ usernames: ['alice', 'nobody'] })).toEqual([profileOf(alice)]);
  });

  test('lists by username, after a username, without the one who asks, at most as many as asked for', async () => {
    const [alice, bob, carol, dave] = ['alice', 'bob', 'carol', 'dave'].map((name) => accountOf(name)) as [
      Account,
      Account,
      Account,
      Account,
    ];
    await add(dave, bob, alice, carol);
    const all = { exceptId: bob.id, after: undefined, searchKey: undefined, limit: 10 };
    expect(await storage.directory.list(all)).toEqual([alice, carol, dave].map(profileOf));
    expect(await storage.directory.list({ ...all, after: 'alice', limit: 1 })).toEqual([profileOf(carol)]);
  });

  test('lists of some only, where it is told to', async () => {
    const [alice, bob, carol] = [accountOf('alice'), accountOf('bob'), accountOf('carol')];
    await add(carol, bob, alice);
    const query = { exceptId: alice.id, after: undefined, searchKey: undefined, limit: 10 };
    const among = [carol.id, alice.id, uuidv7()];
    expect(await storage.directory.list({ ...query, among })).toEqual([profileOf(carol)]);
    expect(await storage.directory.list({ ...query, among, searchKey: 'b' })).toEqual([]);
    expect(await storage.directory.list({ ...query, among: [] })).toEqual([]);
  });

  test('lists all by id, the deleted too, from after one on', async () => {
    const accounts = ['carol', 'alice', 'bob'].map((username) => accountOf(username));
    await add(...accounts);
    await storage.accounts.replace(deletedAccount(accounts[1] as Account));
    const ids = accounts.map(({ id }) => id).toSorted();
    const first = await storage.directory.listAll(2);
    expect(first.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const rest = await storage.directory.listAll(2, ids[1]);
    expect(rest.map(({ id }) => id)).toEqual(ids.slice(2));
    expect([...first, ...rest].filter(({ deleted }) => deleted)).toHaveLength(1);
  });

  test('lists the disabled by id, from after one on', async () => {
    const accounts = ['carol', 'alice', 'bob'].map((username) => accountOf(username));
    await add(...accounts);
    const [carol, , bob] = accounts as [Account, Account, Account];
    for (const account of [carol, bob]) await storage.accounts.replace(disabledAccount(account));
    const [first, second] = [carol.id, bob.id].toSorted();
    expect((await storage.directory.listDisabled(5)).map(({ id }) => id)).toEqual([first, second]);
    expect((await storage.directory.listDisabled(1)).map(({ id }) => id)).toEqual([first]);
    expect((await storage.directory.listDisabled(5, first)).map(({ id }) => id)).toEqual([second]);
  });

  test('lists those who have a search key', async () => {
    const [alice, bob] = [accountOf('alice', 'Miller'), accountOf('bob', 'Alfred')];
    await add(bob, alice, accountOf('mallory', 'Mallory'));
    const search = { exceptId: 'nobody', after: undefined, limit: 10 };
    const found = async (searchKey: string) =>
      (await storage.directory.list({ ...search, searchKey })).map((profile) => profile.username);
    expect(await found('al')).toEqual(['alice', 'bob']);
    expect(await found('alf')).toEqual(['bob']);
    expect(await found('illa')).toEqual([]);
  });

  test('marks what was added until that very version is unmarked', async () => {
    const alice = profileOf(accountOf('alice'));
    await add({ ...alice, passwordHash: 'none', disabled: false, sessionEpoch: 0 });
    await storage.outbox.unmark({ ...alice, version: 2 });
    expect(await storage.outbox.readMarked(10)).toEqual([alice]);
    await storage.outbox.unmark(alice);
    await storage.outbox.unmark(alice);
    expect(await storage.outbox.readMarked(10)).toEqual([]);
  });

  test('replaces the version before, once, and marks the next', async () => {
    const alice = accountOf('alice');
    await add(alice);
    await storage.outbox.unmark(profileOf(alice));
    const next = { ...alice, displayName: 'Alice', version: 2 };
    expect(await storage.accounts.replace(next)).toBe(true);
    expect(await storage.accounts.replace({ ...next, displayName: 'late' })).toBe(false);
    expect(await storage.accounts.findById(alice.id)).toEqual(next);
    expect(await storage.outbox.readMarked(10)).toEqual([profileOf(next)]);
  });

  test('replaces the second factor alone, once of many at the same moment, and marks nothing', async () => {
    const alice = accountOf('alice');
    await add(alice);
    await storage.outbox.unmark(profileOf(alice));
    const rivals = [11, 12, 13, 14].map((step) => ({
      ...alice,
      displayName: 'not looked at',
      secondFactor: factorOf(step),
      version: 2,
    }));
    const replaced = await Promise.all(rivals.map((next) => storage.accounts.replaceSecondFactor(next)));
    expect(replaced.filter(Boolean)).toHaveLength(1);
    const { secondFactor } = rivals[replaced.indexOf(true)]!;
    expect(await storage.accounts.findById(alice.id)).toEqual({ ...alice, secondFactor, version: 2 });
    expect(await storage.outbox.readMarked(10)).toEqual([]);
    expect(await storage.accounts.replaceSecondFactor({ ...alice, version: 3 })).toBe(true);
    expect(await storage.accounts.findById(alice.id)).toEqual({ ...alice, version: 3 });
  });

  test('keeps a second factor with its account, leaves a mark that is there, and keeps none of who is deleted', async () => {
    const alice = accountOf('alice');
    await add(alice);
    const next = { ...alice, secondFactor: factorOf(11), version: 2 };
    expect(await storage.accounts.replaceSecondFactor(next)).toBe(true);
    expect(await storage.accounts.findByUsername('alice')).toEqual(next);
    expect(await storage.outbox.readMarked(10)).toEqual([profileOf(next)]);
    const renamed = { ...next, displayName: 'Alice', version: 3 };
    expect(await storage.accounts.replace(renamed)).toBe(true);
    expect(await storage.accounts.findById(alice.id)).toEqual(renamed);
    await storage.accounts.replace(deletedAccount(renamed));
    expect((await storage.accounts.findById(alice.id))?.secondFactor).toBeUndefined();
  });

  test('lists who has a second factor in force, by id, from after one on', async () => {
    const accounts = ['carol', 'alice', 'bob'].map((username) => accountOf(username));
    await add(...accounts);
    const [carol, alice, bob] = accounts as [Account, Account, Account];
    const carols = { ...carol, secondFactor: factorOf(1), version: 2 };
    const bobs = { ...bob, secondFactor: factorOf(1), version: 2 };
    const pending = { ...factorOf(1), confirmed: false };
    for (const next of [carols, bobs, { ...alice, secondFactor: pending, version: 2 }]) {
      await storage.accounts.replaceSecondFactor(next);
    }
    expect(await storage.accounts.listWithSecondFactor(5)).toEqual([carols, bobs]);
    expect(await storage.accounts.listWithSecondFactor(1)).toEqual([carols]);
    expect(await storage.accounts.listWithSecondFactor(5, carol.id)).toEqual([bobs]);
  });

  test('keeps whether an account is disabled, and of which epoch its sessions have to be', async () => {
    const alice = accountOf('alice');
    await add(alice);
    const disabled = { ...alice, disabled: true, sessionEpoch: 7, version: 2 };
    expect(await storage.accounts.replace(disabled)).toBe(true);
    expect(await storage.accounts.findByUsername('alice')).toEqual(disabled);
    const enabled = { ...disabled, disabled: false, version: 3 };
    expect(await storage.accounts.replace(enabled)).toBe(true);
    expect(await storage.accounts.findById(alice.id)).toEqual(enabled);
  });

  test('finds a deleted account by id alone, and gives its username to nobody', async () => {
    const alice = accountOf('alice');
    await add(alice, accountOf('bob'));
    const deleted = deletedAccount(alice);
    expect(await storage.accounts.replace(deleted)).toBe(true);
    expect(await storage.accounts.findByUsername('alice')).toBeUndefined();
    expect(await storage.accounts.findById(alice.id)).toEqual(deleted);
    expect(await storage.directory.find({ usernames: ['alice'] })).toEqual([]);
    expect(await storage.directory.find({ ids: [alice.id] })).toEqual([profileOf(deleted)]);
    const everyone = { exceptId: 'nobody', after: undefined, searchKey: undefined, limit: 10 };
    expect((await storage.directory.list(everyone)).map(({ username }) => username)).toEqual(['bob']);
    expect(await storage.directory.list({ ...everyone, searchKey: 'alice' })).toEqual([]);
    expect(await storage.accounts.add(accountOf('alice'))).toBe(false);
  });

  test('gives no more of the marked than asked for', async () => {
    await add(accountOf('alice'), accountOf('bob'), accountOf('carol'));
    expect(await storage.outbox.readMarked(2)).toHaveLength(2);
  });

  describeSessions(async () => (await createStorage()).sessions);
});
