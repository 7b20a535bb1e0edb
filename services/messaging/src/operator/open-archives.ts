import { ensureIndexes, MongoConnection } from '@natter/mongo';
import { type OperatorContext, OperatorError, parseConfig } from '@natter/platform';
import type { Archives } from '../audit/archives.ts';
import { messagingSettings } from '../config.ts';
import { createMongoArchives } from '../storage/mongo-archives.ts';
import { MongoConversationLog } from '../storage/mongo-conversation-log.ts';
import { MongoLogEpochs } from '../storage/mongo-log-epochs.ts';
import { MongoProfileArchive } from '../storage/mongo-profile-archive.ts';

const reachedWithinMs = 10_000;

/** The database of messaging, open for a command. */
export interface OpenArchives extends Archives {
  profiles: MongoProfileArchive;
  epochs: MongoLogEpochs;
  redact: MongoConversationLog['redact'];
  /** Makes what a lost collection lacks. */
  ensureIndexes(): Promise<void>;
  close(): Promise<void>;
}

/** @throws when the database can't be reached within seconds. */
export async function openArchives({ environment, say }: OperatorContext): Promise<OpenArchives> {
  const { MONGODB_URL: url, MONGODB_DATABASE: database } = parseConfig(messagingSettings, environment());
  const logger = { info: () => undefined, warn: (_: object, message: string) => say(message) };
  const mongo = new MongoConnection({ url, database, logger, retryWrites: false });
  const { mongoose } = mongo;
  const log = new MongoConversationLog(mongoose);
  const archives = {
    ...createMongoArchives(mongoose),
    profiles: new MongoProfileArchive(mongoose),
    epochs: new MongoLogEpochs(mongoose),
  };
  const signal = AbortSignal.timeout(reachedWithinMs);
  await mongo.open(signal).catch((error: Error) => {
    const why = 'MongoDB could not be reached: is it running, and is MONGODB_URL right?';
    throw new OperatorError(signal.aborted ? why : error.message, { cause: error });
  });
  return {
    ...archives,
    redact: (...message) => log.redact(...message),
    ensureIndexes: () => ensureIndexes(mongoose),
    close: () => mongo.close(),
  };
}
