import { ensureIndexes, MongoConnection } from '@natter/mongo';
import { MongoAppendedEntries } from '../src/storage/mongo-appended-entries.ts';
import { MongoBlocks } from '../src/storage/mongo-blocks.ts';
import { MongoChanges } from '../src/storage/mongo-changes.ts';
import { MongoConversationLog } from '../src/storage/mongo-conversation-log.ts';
import { MongoMessageSearch } from '../src/storage/mongo-message-search.ts';
import { MongoProfiles } from '../src/storage/mongo-profiles.ts';
import { MongoProjections } from '../src/storage/mongo-projections.ts';
import { createMongoWebhookStores } from '../src/storage/mongo-webhook-stores.ts';
import { monitored } from './_monitored.ts';
import { testSettings } from './_settings.ts';

const ignore = () => undefined;

/** A database with every index, of the test file's own unless its settings are given. */
export async function openDatabase(settings = testSettings()) {
  const { MONGODB_URL: url, MONGODB_DATABASE: database } = settings;
  const mongo = new MongoConnection({
    url: monitored(url),
    database,
    logger: { info: ignore, warn: ignore },
    retryWrites: false,
  });
  const stores = {
    log: new MongoConversationLog(mongo.mongoose),
    appended: new MongoAppendedEntries(mongo.mongoose),
    projections: new MongoProjections(mongo.mongoose),
    changes: new MongoChanges(mongo.mongoose),
    blocks: new MongoBlocks(mongo.mongoose),
    search: new MongoMessageSearch(mongo.mongoose),
    profiles: new MongoProfiles(mongo.mongoose),
    webhooks: createMongoWebhookStores(mongo.mongoose),
  };
  await mongo.open(AbortSignal.timeout(60_000));
  await ensureIndexes(mongo.mongoose);
  return {
    ...stores,
    connection: mongo.mongoose,
    close: async () => {
      await mongo.mongoose.dropDatabase();
      await mongo.close();
    },
  };
}
