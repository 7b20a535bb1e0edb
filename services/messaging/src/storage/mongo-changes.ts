import { type Connection, type Model, type QueryFilter, trusted } from 'mongoose';
import {
  type ChangePlace,
  type ChangeRange,
  type Changes,
  type Head,
  type Publication,
  placeIn,
  type TouchedMembership,
} from '../domain/changes.ts';
import { type ConversationOverview, namedMembers } from '../domain/conversation-overview.ts';
import { type ConversationDocument, conversationSchema, overviewOf } from './conversation-document.ts';
import { type EntryDocument, entrySchema } from './entry-document.ts';
import { type MembershipDocument, membershipId, membershipSchema } from './membership-document.ts';
import { oneBatch } from './one-batch.ts';
import { readTouched } from './read-touched.ts';

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

  async touchedConversations(memberId: string, range: ChangeRange, limit: number): Promise<ChangePlace[]> {
    const documents = await readTouched(range, limit, ({ filter, order, atMost }) =>
      this.#conversations
        .find({ 'members.id': memberId, ...filter } as QueryFilter<ConversationDocument>)
        .setOptions(order)
        .limit(atMost)
        .batchSize(oneBatch)
        .select({ touched: 1 })
        .lean<Pick<ConversationDocument, '_id' | 'touched'>[]>(),
    );
    return documents.map(({ _id, touched }) => placeIn(range, _id, Number(touched)));
  }

  async touchedMemberships(userId: string, range: ChangeRange, limit: number): Promise<TouchedMembership[]> {
    const { changed, id } = range.after;
    const keys = { ...range, after: { changed, id: id && membershipId({ conversationId: id, userId }) } };
    const documents = await readTouched(keys, limit, ({ filter, order, atMost }) =>
      this.#memberships
        .find({ userId, ...filter } as QueryFilter<MembershipDocument>)
        .setOptions(order)
        .limit(atMost)
        .batchSize(oneBatch)
        .lean<MembershipDocument[]>(),
    );
    return documents.map(({ conversationId, touched, left }) => ({
      ...placeIn(range, conversationId, Number(touched)),
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

function publicationOf({ rev, relay, published }: Published): Publication {
  return { rev, published: relay ? Number.POSITIVE_INFINITY : Number(published ?? 0) };
}
