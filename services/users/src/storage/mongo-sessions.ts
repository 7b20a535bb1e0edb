import mongoose, { type Connection, type Model, type QueryFilter } from 'mongoose';
import type { EndedSessionQuery, Session, SessionQuery, Sessions } from '../domain/session.ts';
import { documentOf, type SessionDocument, sessionModel, toSession } from './session-model.ts';

const { trusted } = mongoose;

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
    const { refreshTokenHash: hash, used, lastUsed, accessUntil, expires } = next;
    // Only that: at the same moment the session may be kept for a later epoch.
    const change = { refreshTokenHash: hash, used: [...used], lastUsed, accessUntil, expires };
    const { matchedCount } = await this.#model.updateOne(current, change);
    return matchedCount === 1;
  }

  async end({ id, userId }: { id: string; userId: string }, forgetAt: Date): Promise<Session | undefined> {
    await this.#model.updateOne({ _id: id, userId, ended: false }, { ended: true, expires: forgetAt });
    // Read after that: a refresh may have come just before.
    const document = await this.#model.findOne({ _id: id, userId }).lean();
    return document ? toSession(document) : undefined;
  }

  async keep({ id, userId }: { id: string; userId: string }, epoch: number): Promise<void> {
    await this.#model.updateOne({ _id: id, userId, ended: false }, { epoch });
  }

  async endBefore({ userId, epoch }: { userId: string; epoch: number }, forgetAt: Date): Promise<void> {
    const earlier = { userId, ended: false, epoch: trusted({ $lt: epoch }) };
    await this.#model.updateMany(earlier, { ended: true, expires: forgetAt });
  }

  async list({ userId, aliveAt, beforeId, limit }: SessionQuery): Promise<Session[]> {
    const filter: QueryFilter<SessionDocument> = {
      userId,
      ended: false,
      expires: trusted({ $gt: aliveAt }),
      ...(beforeId !== undefined && { _id: trusted({ $lt: beforeId }) }),
    };
    return (await this.#model.find(filter).sort({ _id: -1 }).limit(limit).lean()).map(toSession);
  }

  async listEnded(query: EndedSessionQuery): Promise<Session[]> {
    const { userId, accessAfter, forgottenAfter, afterId = '', limit } = query;
    const filter: QueryFilter<SessionDocument> = {
      ended: true,
      ...(userId !== undefined && { userId }),
      $or: [{ accessUntil: trusted({ $gt: accessAfter }) }, { expires: trusted({ $gt: forgottenAfter }) }],
      _id: trusted({ $gt: afterId }),
    };
    return (await this.#model.find(filter).sort({ _id: 1 }).limit(limit).lean()).map(toSession);
  }
}
