import { bulkUpsert, replaceOlder } from '@natter/mongo';
import { type Connection, type Model, type QueryFilter, type SortOrder, trusted } from 'mongoose';
import type { Message } from '../domain/message.ts';
import type { MessagePlace, MessageSearch, SearchHit } from '../domain/message-search.ts';
import { searchWindows } from '../domain/search-windows.ts';
import { type ConversationDocument, conversationSchema } from './conversation-document.ts';
import { type SearchDocument, searchDocumentOf, searchKeyOf, searchSchema } from './search-document.ts';

/** Each makes some dozen keys in two indexes: of many more, a slow server's answer would come too late. */
const messagesAtOnce = 50;

/** Of so many conversations MongoDB can merge the ranges of an index in their order; of more than 200 it sorts. */
const conversationsAtOnce = 100;

/**
 * The search in MongoDB. A page of one conversation is read from one to five ranges of an index, a page of many from
 * one range for each conversation. Of several words the first, longest one is looked up, and what it finds is looked
 * through for the others.
 */
export class MongoMessageSearch implements MessageSearch {
  readonly #documents: Model<SearchDocument>;
  readonly #conversations: Model<ConversationDocument>;

  constructor(connection: Connection) {
    this.#documents = connection.model<SearchDocument>('Search', searchSchema);
    this.#conversations = connection.model<ConversationDocument>('Conversation', conversationSchema);
  }

  async index(messages: readonly Message[]): Promise<void> {
    for (let start = 0; start < messages.length; start += messagesAtOnce) {
      const documents = messages.slice(start, start + messagesAtOnce).map(searchDocumentOf);
      await bulkUpsert(
        this.#documents,
        documents.map((document) => replaceOlder(document, 'rev')),
      );
    }
  }

  async findBehind(places: readonly MessagePlace[]): Promise<MessagePlace[]> {
    const documents = await this.#documents
      .find({ _id: trusted({ $in: places.map(searchKeyOf) }) }, { rev: 1 })
      .lean<SearchDocument[]>();
    const revs = new Map(documents.map(({ _id, rev }) => [_id, rev]));
    return places.filter((place) => (revs.get(searchKeyOf(place)) ?? 0) < place.rev);
  }

  async findIn(
    conversationId: string,
    terms: readonly string[],
    before: number,
    limit: number,
  ): Promise<SearchHit[]> {
    const found: SearchHit[] = [];
    for (const { from, to } of searchWindows(before)) {
      const filter = { conversationId, ...having(terms), seq: trusted({ $gte: from, $lte: to }) };
      found.push(...(await this.#find(filter, { seq: -1 }, limit - found.length)));
      if (found.length === limit) break;
    }
    return found;
  }

  async findForMember(
    userId: string,
    terms: readonly string[],
    before: string | undefined,
    limit: number,
  ): Promise<SearchHit[]> {
    const conversationIds = await this.#conversationsOf(userId);
    let found: SearchHit[] = [];
    for (let start = 0; start < conversationIds.length; start += conversationsAtOnce) {
      const some = conversationIds.slice(start, start + conversationsAtOnce);
      // What is older than a whole page that was found is not on it.
      const after = found.length === limit ? found.at(-1)?.messageId : undefined;
      const filter = {
        conversationId: trusted({ $in: some }),
        ...having(terms),
        messageId: trusted({ $gt: after ?? '', ...(before !== undefined && { $lt: before }) }),
      };
      const more = await this.#find(filter, { messageId: -1 }, limit);
      found = [...found, ...more].toSorted(newestFirst).slice(0, limit);
    }
    return found;
  }

  /** The latest active first: most of a page is found in them, and then little is looked at in the others. */
  async #conversationsOf(userId: string): Promise<string[]> {
    const documents = await this.#conversations
      .find({ 'members.id': userId })
      .sort({ active: -1, _id: -1 })
      .select({ _id: 1 })
      .lean<{ _id: string }[]>();
    return documents.map(({ _id }) => _id);
  }

  async #find(
    filter: QueryFilter<SearchDocument>,
    sort: Record<string, SortOrder>,
    limit: number,
  ): Promise<SearchHit[]> {
    const documents = await this.#documents
      .find(filter, { _id: 0, messageId: 1, seq: 1 }, { sort, limit })
      .lean<SearchDocument[]>();
    return documents.map(({ messageId, seq }) => ({ messageId, seq }));
  }
}

/** Not `$all`, for which not every server uses an index. */
function having([first, ...others]: readonly string[]) {
  return { terms: first, ...(others.length > 0 && { $and: others.map((terms) => ({ terms })) }) };
}

function newestFirst(one: SearchHit, other: SearchHit): number {
  return one.messageId < other.messageId ? 1 : -1;
}
