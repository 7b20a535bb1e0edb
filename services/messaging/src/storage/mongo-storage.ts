import { createDeadLetters } from '@natter/mongo';
import type { Connection } from 'mongoose';
import { MongoAppendedEntries } from './mongo-appended-entries.ts';
import { MongoBlocks } from './mongo-blocks.ts';
import { MongoChanges } from './mongo-changes.ts';
import { MongoConversationLog } from './mongo-conversation-log.ts';
import { MongoCursorKeys } from './mongo-cursor-keys.ts';
import { MongoLogEpochs } from './mongo-log-epochs.ts';
import { MongoMessageSearch } from './mongo-message-search.ts';
import { MongoProfiles } from './mongo-profiles.ts';
import { MongoProjections } from './mongo-projections.ts';
import { createMongoWebhookStores } from './mongo-webhook-stores.ts';

export type MongoStorage = ReturnType<typeof createMongoStorage>;

/** Declares the models on the connection; their indexes are the caller's to ensure before anything is written. */
export function createMongoStorage(connection: Connection) {
  return {
    log: new MongoConversationLog(connection),
    appended: new MongoAppendedEntries(connection),
    projections: new MongoProjections(connection),
    search: new MongoMessageSearch(connection),
    profiles: new MongoProfiles(connection),
    webhooks: createMongoWebhookStores(connection),
    blocks: new MongoBlocks(connection),
    epochs: new MongoLogEpochs(connection),
    changes: new MongoChanges(connection),
    cursorKeys: new MongoCursorKeys(connection),
    keepDeadLetter: createDeadLetters(connection),
  };
}
