import { bulkUpsert, replaceOlder } from '@natter/mongo';
import { type Connection, type Model, type mongo, trusted } from 'mongoose';
import type { Conversation } from '../domain/conversation.ts';
import type { ProjectionChange, Projections, ReadMarkers } from '../domain/projections.ts';
import { readMarkersIn } from '../domain/read-markers.ts';
import { type ConversationDocument, conversationOf, conversationSchema } from './conversation-document.ts';
import { type MembershipDocument, membershipId, membershipSchema } from './membership-document.ts';

/** The projections in MongoDB, beside the log and folded from it. */
export class MongoProjections implements Projections {
  readonly #conversations: Model<ConversationDocument>;
  readonly #memberships: Model<MembershipDocument>;

  constructor(connection: Connection) {
    this.#conversations = connection.model<ConversationDocument>('Conversation', conversationSchema);
    this.#memberships = connection.model<MembershipDocument>('Membership', membershipSchema);
  }

  async findConversation(conversationId: string): Promise<Conversation | undefined> {
    const document = await this.#conversations.findById(conversationId).lean<ConversationDocument>();
    return document ? conversationOf(document) : undefined;
  }

  async apply(changes: readonly ProjectionChange[]): Promise<void> {
    const markers = changes.flatMap(markerUpdates);
    await Promise.all([
      bulkUpsert(this.#conversations, changes.map(conversationUpdate)),
      bulkUpsert(this.#memberships, markers),
    ]);
  }

  async findReadMarkers(conversationId: string, userIds: readonly string[]): Promise<ReadMarkers> {
    const ids = userIds.map((userId) => membershipId(conversationId, userId));
    const documents = await this.#memberships
      .find({ _id: trusted({ $in: ids }) })
      .lean<MembershipDocument[]>();
    return new Map(documents.map(({ userId, readSeq }) => [userId, readSeq]));
  }
}

function conversationUpdate({
  conversation,
}: ProjectionChange): mongo.AnyBulkWriteOperation<ConversationDocument> {
  const { id: _id, ...state } = conversation;
  return replaceOlder<ConversationDocument>({ _id, ...state, members: [...state.members] }, 'rev');
}

function markerUpdates(change: ProjectionChange): mongo.AnyBulkWriteOperation<MembershipDocument>[] {
  const conversationId = change.conversation.id;
  return [...readMarkersIn(change.entries)].map(([userId, readSeq]) => ({
    updateOne: {
      filter: { _id: membershipId(conversationId, userId) },
      update: { $max: { readSeq }, $setOnInsert: { conversationId, userId } },
      upsert: true,
    },
  }));
}
