import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ensureIndexes, MongoConnection } from '@natter/mongo';
import { createLogger } from '@natter/platform';
import { uniqueName } from '@natter/testkit';
import { uuidv7 } from 'uuidv7';
import type { AuditEntry, AuditLog, AuditQuery } from '../src/domain/audit-log.ts';
import { MemoryAuditLog } from '../src/storage/memory-audit-log.ts';
import { MongoAuditLog } from '../src/storage/mongo-audit-log.ts';

const mongo = new MongoConnection({
  url: String(process.env['TEST_MONGODB_URL']),
  database: uniqueName(),
  logger: createLogger({ name: 'test', level: 'silent' }),
  retryWrites: false,
});
const inMongo = new MongoAuditLog(mongo.mongoose);

beforeAll(() => mongo.open(AbortSignal.timeout(60_000)));

afterAll(async () => {
  await mongo.mongoose.dropDatabase();
  await mongo.close();
});

async function emptyMongoLog(): Promise<AuditLog> {
  await mongo.mongoose.dropDatabase();
  await ensureIndexes(mongo.mongoose);
  return inMongo;
}

const entryOf = (username: string, day = 1): AuditEntry => ({
  id: uuidv7(),
  at: new Date(Date.UTC(2026, 0, day)),
  expires: new Date(Date.UTC(2126, 0, day)),
  kind: 'login.failed',
  by: 'user',
  userId: uuidv7(),
  username,
  requestId: 'request',
});

const all: AuditQuery = { username: undefined, since: undefined, beforeId: undefined, limit: 10 };

describe.each([
  ['in memory', async () => new MemoryAuditLog()],
  ['in MongoDB', emptyMongoLog],
])('the audit log %s', (_, create) => {
  let log: AuditLog;

  beforeEach(async () => {
    log = await create();
  });

  it('gives entries back as they were added, the latest first', async () => {
    const entries = [entryOf('alice'), entryOf('bob'), entryOf('alice')];
    await log.add(entries.slice(0, 2));
    await log.add(entries.slice(2));
    expect(await log.list(all)).toEqual(entries.toReversed());
  });

  it('keeps once what is added again', async () => {
    const [first, second] = [entryOf('alice'), entryOf('bob')];
    await log.add([first]);
    await log.add([first, second]);
    expect(await log.list(all)).toEqual([second, first]);
  });

  it('leaves what an event does not say unsaid', async () => {
    const { username: _name, userId: _id, ...entry } = entryOf('nobody');
    await log.add([{ ...entry, username: undefined }] as AuditEntry[]);
    expect(await log.list(all)).toEqual([entry]);
    expect(await log.list({ ...all, username: 'nobody' })).toEqual([]);
  });

  it('lists by kind', async () => {
    const entries = [entryOf('alice'), entryOf('bob'), entryOf('carol')];
    const [one, two, three] = entries as [AuditEntry, AuditEntry, AuditEntry];
    const changed = { ...two, kind: 'keys.changed' } as const;
    await log.add([one, changed, three]);
    expect(await log.list({ ...all, kind: 'keys.changed' })).toEqual([changed]);
    expect(await log.list({ ...all, kind: 'login.failed', limit: 1 })).toEqual([three]);
  });

  it('lists by account, by time and page by page', async () => {
    const entries = [entryOf('alice', 1), entryOf('bob', 2), entryOf('alice', 3), entryOf('alice', 4)];
    await log.add(entries);
    const [one, two, three, four] = entries as [AuditEntry, AuditEntry, AuditEntry, AuditEntry];
    expect(await log.list({ ...all, username: 'alice' })).toEqual([four, three, one]);
    expect(await log.list({ ...all, since: two.at })).toEqual([four, three, two]);
    expect(await log.list({ ...all, username: 'alice', beforeId: four.id, limit: 1 })).toEqual([three]);
  });
});

describe('the audit log in MongoDB', () => {
  it('has each entry removed once it has expired', async () => {
    await emptyMongoLog();
    const indexes = await mongo.mongoose.collection('audit').indexes();
    expect(indexes).toContainEqual(expect.objectContaining({ key: { expires: 1 }, expireAfterSeconds: 0 }));
  });
});
