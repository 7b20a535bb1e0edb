import { afterEach } from '@jest/globals';
import { uniqueName } from '@natter/testkit';
import type { Connection } from 'mongoose';
import { MongoConnection } from '../src/index.ts';
import { recordingLogger } from './_recording-logger.ts';

const undo: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

export function mongoUrl(): string {
  const url = process.env.TEST_MONGODB_URL;
  if (!url) throw new Error('TEST_MONGODB_URL is set by the run');
  return url;
}

/** A connection that is not open yet, to a database of the test's own; closed after the test. */
export function createConnection({ url = mongoUrl(), database = uniqueName(), retryWrites = false } = {}) {
  const logger = recordingLogger();
  const mongo = new MongoConnection({ url, database, retryWrites, logger });
  undo.push(() => mongo.close());
  return { mongo, logger, database };
}

/** An open connection to a database of the test's own; closed and dropped after the test. */
export async function openDatabase(
  options: { url?: string; retryWrites?: boolean } = {},
): Promise<Connection> {
  const { mongo } = createConnection(options);
  await mongo.open(AbortSignal.timeout(60_000));
  undo.push(() => mongo.mongoose.dropDatabase());
  return mongo.mongoose;
}

/** A new user of the server, which may do everything. */
export async function createUser() {
  const { mongo } = createConnection();
  await mongo.open(AbortSignal.timeout(60_000));
  const admin = mongo.mongoose.getClient().db('admin');
  const [username, password] = [uniqueName(), 'right-password'];
  await admin.command({ createUser: username, pwd: password, roles: ['root'] });
  const drop = async () => void (await admin.command({ dropUser: username }));
  const urlOf = (server: string) => Object.assign(new URL(server), { username, password }).href;
  return { urlOf, drop };
}

/** What `work` rejects with. */
export async function failureOf(work: PromiseLike<unknown>): Promise<unknown> {
  return await Promise.resolve(work).then(
    () => {
      throw new Error('it did not fail');
    },
    (error: unknown) => error,
  );
}
