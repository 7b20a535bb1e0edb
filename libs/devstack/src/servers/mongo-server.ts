import { type Db, MongoClient } from 'mongodb';
import { mongodDownload } from '../providers/mongod-download.ts';
import { mongodOnPath } from '../providers/mongod-on-path.ts';
import { secantusWheel } from '../providers/secantus-wheel.ts';
import { secantusdRsOnPath } from '../providers/secantusd-rs-on-path.ts';
import { initiateReplicaSet } from './replica-set.ts';
import type { ServerKind } from './server-kind.ts';

export const mongoServer: ServerKind = {
  name: 'MongoDB',
  variable: 'MONGODB_URL',
  providers: [mongodOnPath, mongodDownload, secantusdRsOnPath, secantusWheel],
  remedy:
    'With a network and Python 3.10 or newer one is fetched; or install MongoDB, or set MONGODB_URL to a MongoDB replica set',
  urlOf: (port) => `mongodb://127.0.0.1:${port}/?directConnection=true`,
  check: (url) =>
    withAdmin(url, async (admin) => {
      const hello = await admin.command({ hello: 1 });
      if (hello.setName === undefined && hello.msg !== 'isdbgrid') throw new Error('it is not a replica set');
      if (hello.isWritablePrimary !== true) throw new Error('its replica set has no primary');
      return `MongoDB ${(await admin.command({ buildInfo: 1 })).version}`;
    }),
  prepare: (url, ownAddress) =>
    withAdmin(url, async (admin) => {
      const { setName } = await admin.command({ hello: 1 });
      if (setName === undefined) await initiateReplicaSet(admin, ownAddress);
    }),
};

async function withAdmin<T>(url: string, ask: (admin: Db) => Promise<T>): Promise<T> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 2_000, connectTimeoutMS: 2_000 });
  try {
    return await ask(client.db('admin'));
  } finally {
    await client.close();
  }
}
