import type { Connection } from 'mongoose';
import type { Storage } from '../domain/storage.ts';
import { MongoAccounts } from './mongo-accounts.ts';
import { MongoAuditLog } from './mongo-audit-log.ts';
import { MongoDirectory } from './mongo-directory.ts';
import { MongoInvites } from './mongo-invites.ts';
import { MongoOutbox } from './mongo-outbox.ts';
import { MongoSessions } from './mongo-sessions.ts';

/** Declares the models on the connection; their indexes are the caller's to ensure before anything is written. */
export function createMongoStorage(connection: Connection): Storage {
  return {
    accounts: new MongoAccounts(connection),
    directory: new MongoDirectory(connection),
    outbox: new MongoOutbox(connection),
    sessions: new MongoSessions(connection),
    audit: new MongoAuditLog(connection),
    invites: new MongoInvites(connection),
  };
}
