import { ensureIndexes, MongoConnection } from '@natter/mongo';
import { MongoConversationLog } from '../src/storage/mongo-conversation-log.ts';
import { MongoProfiles } from '../src/storage/mongo-profiles.ts';
import { MongoProjections } from '../src/storage/mongo-projections.ts';
import { testSettings } from './_settings.ts';

const ignore = () => undefined;

/** A database of the test file's own, with every index. */
export async function openDatabase() {
  const { MONGODB_URL: url, MONGODB_DATABASE: database } = testSettings();
  const mongo = new MongoConnection({
    url,
    database,
    logger: { info: ignore, warn: ignore },
    retryWrites: false,
  });
  const stores = {
    log: new MongoConversationLog(mongo.mongoose),
    projections: new MongoProjections(mongo.mongoose),
    profiles: new MongoProfiles(mongo.mongoose),
  };
  await mongo.open(AbortSignal.timeout(10_000));
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
