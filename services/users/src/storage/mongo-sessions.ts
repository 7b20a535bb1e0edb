import { type Connection, type Model, Schema } from 'mongoose';
import type { Session, Sessions } from '../domain/session.ts';

interface SessionDocument extends Omit<Session, 'id'> {
  _id: string;
}

const schema = new Schema<SessionDocument>(
  {
    _id: { type: String, required: true },
    userId: { type: String, required: true },
    device: { type: String, default: null },
    created: { type: Date, required: true },
    lastUsed: { type: Date, required: true },
    refreshTokenHash: { type: String, required: true },
  },
  { collection: 'sessions', versionKey: false },
);

export class MongoSessions implements Sessions {
  readonly #model: Model<SessionDocument>;

  constructor(connection: Connection) {
    this.#model = connection.model<SessionDocument>('Session', schema);
  }

  async add({ id, ...session }: Session): Promise<void> {
    await this.#model.insertOne({ _id: id, ...session });
  }
}
