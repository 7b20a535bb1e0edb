import { isDeepStrictEqual } from 'node:util';
import { bulkUpsert, nativeCollection } from '@natter/mongo';
import { type Connection, type Model, type mongo, trusted } from 'mongoose';
import type { Conversation } from '../domain/conversation.ts';
import type { CurrentMessage, Message } from '../domain/message.ts';
import type { KeptConversation, KeptMarker, ProjectionArchive } from '../domain/projection-archive.ts';
import type { MarkerKey, ReadMarker } from '../domain/projections.ts';
import {
  type ConversationDocument,
  conversationSchema,
  documentOf,
  touchingWrite,
} from './conversation-document.ts';
import { currentOf, type EntryDocument, entrySchema, type MessageDocument } from './entry-document.ts';
import { keysOf } from './keys-of.ts';
import { type MembershipDocument, membershipId, membershipSchema } from './membership-document.ts';

/** The projections in MongoDB, for whoever checks and repairs them. */
export class MongoProjectionArchive implements ProjectionArchive {
  readonly #conversations: Model<ConversationDocument>;
  readonly #memberships: Model<MembershipDocument>;
  readonly #entries: Model<EntryDocument>;

  constructor(connection: Connection) {
    this.#conversations = connection.model<ConversationDocument>('Conversation', conversationSchema);
    this.#memberships = connection.model<MembershipDocument>('Membership', membershipSchema);
    this.#entries = connection.model<EntryDocument>('Entry', entrySchema);
  }

  async *conversationIds(): AsyncGenerator<readonly string[]> {
    for await (const ids of keysOf(this.#conversations)) yield ids;
    for await (const keys of keysOf(this.#memberships)) {
      yield [...new Set(keys.map((key) => key.slice(0, key.lastIndexOf(':'))))];
    }
  }

  async findConversation(conversationId: string): Promise<KeptConversation | undefined> {
    const document = await this.#conversations.findById(conversationId).lean<ConversationDocument>();
    if (!document) return undefined;
    const { _id: id, touched: _touched, ...kept } = document;
    return { id, ...kept };
  }

  async replaceConversation(conversation: Conversation, seenRev: number | undefined): Promise<void> {
    const document = documentOf(conversation);
    const { _id } = document;
    // Without a rev it is never what a rev was seen of; where there is another by then, the upsert is refused.
    const rev = seenRev ?? { $exists: false };
    const filter = { _id, rev } as mongo.Filter<ConversationDocument>;
    await bulkUpsert(this.#conversations, [
      { updateOne: { filter, update: touchingWrite(document), upsert: seenRev === undefined } },
    ]);
  }

  async removeConversation(conversationId: string): Promise<void> {
    await this.#conversations.deleteOne({ _id: conversationId });
  }

  async findCurrent(messageId: string): Promise<CurrentMessage | undefined> {
    const document = await this.#entries
      .findById(messageId)
      .select({ current: 1 })
      .lean<Pick<MessageDocument, 'current'>>();
    return document?.current;
  }

  async replaceCurrent(message: Message, seenRev: number | undefined): Promise<void> {
    const seen = { 'current.rev': seenRev ?? { $exists: false } };
    await nativeCollection(this.#entries).updateOne(
      { _id: message.id, ...seen },
      { $set: { current: currentOf(message) } },
    );
  }

  async markersOf(conversationId: string): Promise<KeptMarker[]> {
    const documents = await this.#memberships
      .find({ _id: trusted({ $gt: `${conversationId}:`, $lt: `${conversationId};` }) })
      .lean<MembershipDocument[]>();
    return documents.map((document) => keptMarkerOf(conversationId, document));
  }

  async replaceMarker(
    marker: ReadMarker,
    { seenSeq, left }: { seenSeq: number | undefined; left: number | undefined },
  ): Promise<void> {
    const { conversationId, userId, readSeq } = marker;
    const key = { _id: membershipId(marker) };
    const kept = { conversationId, userId, readSeq };
    const stamped = {
      $currentDate: { touched: true as const },
      ...(left !== undefined && { $max: { left } }),
    };
    const operation: mongo.AnyBulkWriteOperation<MembershipDocument> =
      seenSeq === undefined
        ? { updateOne: { filter: key, update: { $setOnInsert: kept, ...stamped }, upsert: true } }
        : { updateOne: { filter: { ...key, readSeq: seenSeq }, update: { $set: kept, ...stamped } } };
    await bulkUpsert(this.#memberships, [operation]);
  }

  async removeMarkers(keys: readonly MarkerKey[]): Promise<void> {
    if (keys.length === 0) return;
    await this.#memberships.deleteMany({ _id: trusted({ $in: keys.map(membershipId) }) });
  }
}

function keptMarkerOf(conversationId: string, document: MembershipDocument): KeptMarker {
  const { _id, readSeq, left: _left, touched: _touched, ...rest } = document;
  const key = { conversationId, userId: _id.slice(conversationId.length + 1) };
  return { ...key, readSeq, sound: isDeepStrictEqual(rest, key) };
}
