import type { Connection } from 'mongoose';
import { MongoLogArchive } from './mongo-log-archive.ts';
import { MongoProjectionArchive } from './mongo-projection-archive.ts';
import { MongoSearchArchive } from './mongo-search-archive.ts';

/** The logs and all that is folded from them, for whoever goes through all of it. */
export function createMongoArchives(connection: Connection) {
  return {
    log: new MongoLogArchive(connection),
    projections: new MongoProjectionArchive(connection),
    search: new MongoSearchArchive(connection),
  };
}
