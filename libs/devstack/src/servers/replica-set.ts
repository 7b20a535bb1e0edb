import { type Db, MongoServerError } from 'mongodb';

export const replicaSet = 'natter';

const alreadyInitialized = 23;

/**
 * Makes a `mongod --replSet` a replica set of one, or tells one of an earlier start the address that it has
 * now: a member that doesn't find itself in the set's configuration serves nobody.
 */
export async function initiateReplicaSet(admin: Db, host: string): Promise<void> {
  const members = [{ _id: 0, host }];
  try {
    await admin.command({ replSetInitiate: { _id: replicaSet, members } });
  } catch (error) {
    if (!(error instanceof MongoServerError) || error.code !== alreadyInitialized) throw error;
    const { config } = await admin.command({ replSetGetConfig: 1 });
    if (config.members[0].host === host) return;
    await admin.command({
      replSetReconfig: { ...config, version: config.version + 1, members },
      force: true,
    });
  }
}
