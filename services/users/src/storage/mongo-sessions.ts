import type { Connection, Model } from 'mongoose';
import type { Session, Sessions } from '../domain/session.ts';
import { documentOf, type SessionDocument, sessionModel, toSession } from './session-model.ts';

export class MongoSessions implements Sessions {
  readonly #model: Model<SessionDocument>;

  constructor(connection: Connection) {
    this.#model = sessionModel(connection);
  }

  async add(session: Session): Promise<void> {
    await this.#model.insertOne(documentOf(session));
  }

  async findBySeries(seriesHash: string): Promise<Session | undefined> {
    const document = await this.#model.findOne({ seriesHash }).lean();
    return document ? toSession(document) : undefined;
  }

  async replace({ id, refreshTokenHash }: Session, next: Session): Promise<boolean> {
    const current = { _id: id, refreshTokenHash, ended: false };
    const { matchedCount } = await this.#model.replaceOne(current, documentOf(next));
    return matchedCount === 1;
  }

  async end(id: string, forgetAt: Date): Promise<void> {
    await this.#model.updateOne({ _id: id, ended: false }, { ended: true, expires: forgetAt });
  }
}
