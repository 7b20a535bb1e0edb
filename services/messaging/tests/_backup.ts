import { MongoConnection } from '@natter/mongo';
import type { MessagingConfig } from '../src/config.ts';

const ignore = () => undefined;

/**
 * Copies what is in a database, as a backup does.
 *
 * @returns what puts the database back to that moment.
 */
export async function backUp(settings: MessagingConfig): Promise<() => Promise<void>> {
  const copies = await within(settings, async ({ mongoose: { db } }) => {
    const collections = (await db?.collections()) ?? [];
    return Promise.all(
      collections.map(async (collection) => ({
        name: collection.collectionName,
        documents: await collection.find().toArray(),
      })),
    );
  });
  return () =>
    within(settings, async ({ mongoose: { db } }) => {
      for (const { name, documents } of copies) {
        const collection = db?.collection(name);
        await collection?.deleteMany({});
        if (documents.length > 0) await collection?.insertMany(documents);
      }
    });
}

async function within<T>(
  { MONGODB_URL: url, MONGODB_DATABASE: database }: MessagingConfig,
  use: (mongo: MongoConnection) => Promise<T>,
): Promise<T> {
  const logger = { info: ignore, warn: ignore };
  const mongo = new MongoConnection({ url, database, logger, retryWrites: false });
  await mongo.open(AbortSignal.timeout(60_000));
  try {
    return await use(mongo);
  } finally {
    await mongo.close();
  }
}
