import { type Connection, type Model, Schema } from 'mongoose';
import type { Session, UsedToken } from '../domain/session.ts';

export interface SessionDocument extends Omit<Session, 'id'> {
  _id: string;
}

const usedToken = new Schema<UsedToken>(
  {
    hash: { type: String, required: true },
    salt: { type: String, required: true },
    usedAt: { type: Date, required: true },
  },
  { _id: false },
);

const schema = new Schema<SessionDocument>(
  {
    _id: { type: String, required: true },
    userId: { type: String, required: true },
    device: { type: String, default: null },
    created: { type: Date, required: true },
    lastUsed: { type: Date, required: true },
    epoch: { type: Number, required: true },
    seriesHash: { type: String, required: true },
    refreshTokenHash: { type: String, required: true },
    used: { type: [usedToken], required: true },
    accessUntil: { type: Date, required: true },
    expires: { type: Date, required: true },
    ended: { type: Boolean, required: true },
  },
  { collection: 'sessions', versionKey: false },
);
schema.index({ seriesHash: 1 });
schema.index({ userId: 1, _id: 1 });
schema.index({ ended: 1, _id: 1 }, { partialFilterExpression: { ended: true } });
// MongoDB looks about once a minute: what must end on time is compared with the clock as well.
schema.index({ expires: 1 }, { expireAfterSeconds: 0 });

export function sessionModel(connection: Connection): Model<SessionDocument> {
  return connection.model<SessionDocument>('Session', schema);
}

export function toSession({ _id: id, ...session }: SessionDocument): Session {
  return { id, ...session };
}

export function documentOf({ id, ...session }: Session): SessionDocument {
  return { _id: id, ...session };
}
