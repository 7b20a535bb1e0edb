import { bulkUpsert } from '@natter/mongo';
import { type Connection, type Model, type mongo, type PipelineStage, trusted } from 'mongoose';
import type { Conversation } from '../domain/conversation.ts';
import { type ConversationOverview, namedMembers } from '../domain/conversation-overview.ts';
import type { Message } from '../domain/message.ts';
import type {
  ListPosition,
  MarkerKey,
  ProjectionChange,
  Projections,
  ReadMarker,
} from '../domain/projections.ts';
import { readMarkersIn } from '../domain/read-markers.ts';
import { removalsIn } from '../domain/removals.ts';
import {
  type ConversationDocument,
  conversationOf,
  conversationSchema,
  documentOf,
  overviewOf,
  touchingWrite,
} from './conversation-document.ts';
import { type MembershipDocument, membershipId, membershipSchema } from './membership-document.ts';
import { MongoMessages } from './mongo-messages.ts';
import { oneBatch } from './one-batch.ts';

/** The projections in MongoDB, beside the log and folded from it. */
export class MongoProjections implements Projections {
  readonly #conversations: Model<ConversationDocument>;
  readonly #memberships: Model<MembershipDocument>;
  readonly #messages: MongoMessages;

  constructor(connection: Connection) {
    this.#conversations = connection.model<ConversationDocument>('Conversation', conversationSchema);
    this.#memberships = connection.model<MembershipDocument>('Membership', membershipSchema);
    this.#messages = new MongoMessages(connection);
  }

  async findConversation(conversationId: string): Promise<Conversation | undefined> {
    const document = await this.#conversations.findById(conversationId).lean<ConversationDocument>();
    return document ? conversationOf(document) : undefined;
  }

  async findOverview(conversationId: string, memberId: string): Promise<ConversationOverview | undefined> {
    const document = await this.#conversations
      .findOne({ _id: conversationId, 'members.id': memberId })
      .select({ members: { $slice: namedMembers } })
      .lean<ConversationDocument>();
    return document ? overviewOf(document) : undefined;
  }

  async listOverviews(
    memberId: string,
    limit: number,
    after?: ListPosition,
  ): Promise<ConversationOverview[]> {
    const parts = (after === undefined ? [{}] : beyond(after)).map((range) =>
      this.#conversations
        .find({ 'members.id': memberId, ...range })
        .sort({ active: -1, _id: -1 })
        .limit(limit)
        .batchSize(oneBatch)
        .select({ members: { $slice: namedMembers } })
        .lean<ConversationDocument[]>(),
    );
    return (await Promise.all(parts)).flat().slice(0, limit).map(overviewOf);
  }

  findMessage(conversationId: string, seq: number): Promise<Message | undefined> {
    return this.#messages.find(conversationId, seq);
  }

  readMessages(conversationId: string, from: number, to: number): Promise<Message[]> {
    return this.#messages.read(conversationId, from, to);
  }

  findMessages(ids: readonly string[]): Promise<Message[]> {
    return this.#messages.findByIds(ids);
  }

  async findReadMarkers(keys: readonly MarkerKey[]): Promise<ReadMarker[]> {
    const documents = await this.#memberships
      .find({ _id: trusted({ $in: keys.map(membershipId) }) })
      .batchSize(oneBatch)
      .lean<MembershipDocument[]>();
    return documents.map(({ conversationId, userId, readSeq }) => ({ conversationId, userId, readSeq }));
  }

  async markRead(marker: ReadMarker): Promise<number> {
    await bulkUpsert(this.#memberships, [touchedMarkerUpdate(marker)]);
    const [moved] = await this.findReadMarkers([marker]);
    return moved?.readSeq ?? marker.readSeq;
  }

  findAcquaintances(memberId: string, among: readonly string[]): Promise<string[]> {
    const oneOf = { $in: among.filter((id) => id !== memberId) };
    return this.#acquaintances([
      { $match: { $and: [{ 'members.id': memberId }, { 'members.id': oneOf }] } },
      { $unwind: '$members' },
      { $match: { 'members.id': oneOf } },
      { $group: { _id: '$members.id' } },
    ]);
  }

  listAcquaintances(memberId: string, limit: number, afterId = ''): Promise<string[]> {
    return this.#acquaintances([
      { $match: { 'members.id': memberId } },
      { $unwind: '$members' },
      { $match: { 'members.id': { $gt: afterId, $ne: memberId } } },
      { $group: { _id: '$members.id' } },
      { $sort: { _id: 1 } },
      { $limit: limit },
    ]);
  }

  async #acquaintances(pipeline: PipelineStage[]): Promise<string[]> {
    const documents = await this.#conversations.aggregate<{ _id: string }>(pipeline);
    return documents.map(({ _id }) => _id);
  }

  async apply(changes: readonly ProjectionChange[]): Promise<void> {
    // First: whoever is shown a conversation at its rev is to be shown its messages as they are at that.
    await this.#messages.update(changes.flatMap(({ messages }) => messages));
    await Promise.all([
      bulkUpsert(this.#conversations, changes.flatMap(conversationUpdates)),
      bulkUpsert(this.#memberships, changes.flatMap(membershipUpdates)),
    ]);
  }
}

/** The rest of the tied, and then the older: two ranges. Asked by `$or`, some servers look through every conversation. */
function beyond({ active, id }: ListPosition) {
  return [{ active, _id: trusted({ $lt: id }) }, { active: trusted({ $lt: active }) }];
}

type ConversationUpdate = mongo.AnyBulkWriteOperation<ConversationDocument>;
type MembershipUpdate = mongo.AnyBulkWriteOperation<MembershipDocument>;

function conversationUpdates({ conversation, restored }: ProjectionChange): ConversationUpdate[] {
  const { id: _id, rev } = conversation;
  const update = touchingWrite(documentOf(conversation));
  const kept: ConversationUpdate = {
    updateOne: { filter: { _id, rev: { $lt: rev } }, update, upsert: true },
  };
  const touched: ConversationUpdate = {
    updateOne: { filter: { _id }, update: { $currentDate: { touched: true } } },
  };
  return restored ? [kept, touched] : [kept];
}

function membershipUpdates({ conversation, entries }: ProjectionChange): MembershipUpdate[] {
  const { id: conversationId } = conversation;
  return [
    ...[...readMarkersIn(entries)].map(([userId, readSeq]) =>
      markerUpdate({ conversationId, userId, readSeq }),
    ),
    ...[...removalsIn(entries)].map(([userId, rev]) => removalUpdate({ conversationId, userId }, rev)),
  ];
}

function markerUpdate(marker: ReadMarker): MembershipUpdate {
  const { conversationId, userId, readSeq } = marker;
  return {
    updateOne: {
      filter: { _id: membershipId(marker) },
      update: { $max: { readSeq }, $setOnInsert: { conversationId, userId } },
      upsert: true,
    },
  };
}

/** Whoever repeats it because they had no answer touches it again; one that is further is left alone. */
function touchedMarkerUpdate(marker: ReadMarker): MembershipUpdate {
  const { conversationId, userId, readSeq } = marker;
  return {
    updateOne: {
      filter: { _id: membershipId(marker), readSeq: { $lte: readSeq } },
      update: {
        $set: { readSeq },
        $setOnInsert: { conversationId, userId },
        $currentDate: { touched: true },
      },
      upsert: true,
    },
  };
}

/** Whether they came back their conversation says: a removal that is heard of late undoes nothing. */
function removalUpdate(key: MarkerKey, rev: number): MembershipUpdate {
  return {
    updateOne: {
      filter: { _id: membershipId(key) },
      update: {
        $max: { left: rev },
        $setOnInsert: { ...key, readSeq: 0 },
        $currentDate: { touched: true },
      },
      upsert: true,
    },
  };
}
