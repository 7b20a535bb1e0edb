import { type Connection, type Model, type QueryFilter, trusted } from 'mongoose';
import type { ChangePlace, Changes, Head, Publication, TouchedMembership } from '../domain/changes.ts';
import { type ConversationOverview, namedMembers } from '../domain/conversation-overview.ts';
import { type ConversationDocument, conversationSchema, overviewOf } from './conversation-document.ts';
import { type EntryDocument, entrySchema } from './entry-document.ts';
import { type MembershipDocument, membershipId, membershipSchema } from './membership-document.ts';
import { oneBatch } from './one-batch.ts';

type Published = Pick<EntryDocument, 'rev' | 'relay' | 'published'>;

/** What changed, by the stamps in MongoDB's documents. Every read is a bounded range of an index. */
export class MongoChanges implements Changes {
  readonly #connection: Connection;
  readonly #conversations: Model<ConversationDocument>;
  readonly #memberships: Model<MembershipDocument>;
  readonly #entries: Model<EntryDocument>;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#conversations = connection.model<ConversationDocument>('Conversation', conversationSchema);
    this.#memberships = connection.model<MembershipDocument>('Membership', membershipSchema);
    this.#entries = connection.model<EntryDocument>('Entry', entrySchema);
  }

  async now(): Promise<number> {
    const answer = await this.#connection.db?.command({ hello: 1 });
    const time: unknown = answer?.['localTime'];
    if (!(time instanceof Date)) throw new Error('The database does not say what time it is');
    return time.getTime();
  }

  async touchedConversations(memberId: string, after: ChangePlace, limit: number): Promise<ChangePlace[]> {
    const parts = rangesAfter(after.changed, after.id).map((range) =>
      this.#conversations
        .find({ 'members.id': memberId, ...range } as QueryFilter<ConversationDocument>)
        .sort({ touched: 1, _id: 1 })
        .limit(limit)
        .batchSize(oneBatch)
        .select({ touched: 1 })
        .lean<Pick<ConversationDocument, '_id' | 'touched'>[]>(),
    );
    const documents = (await Promise.all(parts)).flat().slice(0, limit);
    return documents.map(({ _id: id, touched }) => ({ id, changed: Number(touched) }));
  }

  async touchedMemberships(
    userId: string,
    { changed, id }: ChangePlace,
    limit: number,
  ): Promise<TouchedMembership[]> {
    const key = id === '' ? '' : membershipId({ conversationId: id, userId });
    const parts = rangesAfter(changed, key).map((range) =>
      this.#memberships
        .find({ userId, ...range } as QueryFilter<MembershipDocument>)
        .sort({ touched: 1, _id: 1 })
        .limit(limit)
        .batchSize(oneBatch)
        .lean<MembershipDocument[]>(),
    );
    const documents = (await Promise.all(parts)).flat().slice(0, limit);
    return documents.map(({ conversationId, touched, left }) => ({
      id: conversationId,
      changed: Number(touched),
      left,
    }));
  }

  async findOverviews(memberId: string, ids: readonly string[]): Promise<ConversationOverview[]> {
    if (ids.length === 0) return [];
    const documents = await this.#conversations
      .find({ _id: trusted({ $in: [...ids] }), 'members.id': memberId })
      .batchSize(oneBatch)
      .select({ members: { $slice: namedMembers } })
      .lean<ConversationDocument[]>();
    return documents.map(overviewOf);
  }

  async publications(conversationId: string, revs: readonly number[]): Promise<Publication[]> {
    const documents = await this.#entries
      .find({ conversationId, rev: trusted({ $in: [...revs] }) })
      .batchSize(oneBatch)
      .select({ rev: 1, relay: 1, published: 1 })
      .lean<Published[]>();
    return documents.map(publicationOf);
  }

  async listHeads(memberId: string, limit: number, afterId = ''): Promise<Head[]> {
    const documents = await this.#conversations
      .find({ 'members.id': memberId, _id: trusted({ $gt: afterId }) })
      .sort({ _id: 1 })
      .limit(limit)
      .batchSize(oneBatch)
      .select({ rev: 1 })
      .lean<Pick<ConversationDocument, '_id' | 'rev'>[]>();
    return documents.map(({ _id: conversationId, rev }) => ({ conversationId, rev }));
  }
}

/** The rest of what has the same stamp, and then the later: two ranges, since some servers look through all for `$or`. */
function rangesAfter(changed: number, key: string) {
  const touched = new Date(changed);
  return [{ touched, _id: trusted({ $gt: key }) }, { touched: trusted({ $gt: touched }) }];
}

function publicationOf({ rev, relay, published }: Published): Publication {
  return { rev, published: relay ? Number.POSITIVE_INFINITY : Number(published ?? 0) };
}
