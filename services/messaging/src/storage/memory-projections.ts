import type { TouchedMembership } from '../domain/changes.ts';
import { type Conversation, isMember } from '../domain/conversation.ts';
import { type ConversationOverview, overviewOf } from '../domain/conversation-overview.ts';
import { type Message, sentMessage } from '../domain/message.ts';
import type {
  ListPosition,
  MarkerKey,
  ProjectionChange,
  Projections,
  ReadMarker,
} from '../domain/projections.ts';
import { readMarkersIn } from '../domain/read-markers.ts';
import { removalsIn } from '../domain/removals.ts';
import type { MemoryConversationLog } from './memory-conversation-log.ts';

const markerId = ({ conversationId, userId }: MarkerKey) => `${conversationId}:${userId}`;

/** The projections in memory, for tests. */
export class MemoryProjections implements Projections {
  readonly #log: MemoryConversationLog;
  readonly #conversations = new Map<string, Conversation>();
  readonly #markers = new Map<string, ReadMarker>();
  readonly #messages = new Map<string, Message>();
  readonly #touched = new Map<string, number>();
  readonly #memberships = new Map<string, { userId: string } & TouchedMembership>();

  constructor(log: MemoryConversationLog) {
    this.#log = log;
  }

  async findConversation(conversationId: string): Promise<Conversation | undefined> {
    return this.#conversations.get(conversationId);
  }

  async findOverview(conversationId: string, memberId: string): Promise<ConversationOverview | undefined> {
    const conversation = this.#conversations.get(conversationId);
    return conversation && isMember(conversation, memberId) ? overviewOf(conversation) : undefined;
  }

  async listOverviews(
    memberId: string,
    limit: number,
    after?: ListPosition,
  ): Promise<ConversationOverview[]> {
    return this.conversationsOf(memberId)
      .filter((conversation) => after === undefined || latestFirst(conversation, after) > 0)
      .toSorted(latestFirst)
      .slice(0, limit)
      .map(overviewOf);
  }

  async findMessage(conversationId: string, seq: number): Promise<Message | undefined> {
    const [message] = await this.readMessages(conversationId, seq, seq);
    return message;
  }

  async readMessages(conversationId: string, from: number, to: number): Promise<Message[]> {
    return this.#all()
      .filter((message) => message.conversationId === conversationId)
      .filter(({ seq }) => seq >= from && seq <= to)
      .toSorted((one, other) => one.seq - other.seq);
  }

  async findMessages(ids: readonly string[]): Promise<Message[]> {
    return this.#all().filter(({ id }) => ids.includes(id));
  }

  async findReadMarkers(keys: readonly MarkerKey[]): Promise<ReadMarker[]> {
    return keys.flatMap((key) => this.#markers.get(markerId(key)) ?? []);
  }

  async markRead(marker: ReadMarker): Promise<number> {
    const known = this.#markers.get(markerId(marker))?.readSeq ?? 0;
    if (known <= marker.readSeq) this.#touchMembership(marker);
    return this.#raise(marker);
  }

  async findAcquaintances(memberId: string, among: readonly string[]): Promise<string[]> {
    return this.#acquaintancesOf(memberId).filter((id) => among.includes(id));
  }

  async listAcquaintances(memberId: string, limit: number, afterId = ''): Promise<string[]> {
    return this.#acquaintancesOf(memberId)
      .filter((id) => id > afterId)
      .slice(0, limit);
  }

  async apply(changes: readonly ProjectionChange[]): Promise<void> {
    for (const { conversation, entries, messages, restored } of changes) {
      const { id: conversationId } = conversation;
      const known = this.#conversations.get(conversationId)?.rev ?? 0;
      if (known < conversation.rev) this.#conversations.set(conversationId, conversation);
      if (known < conversation.rev || restored) this.#touched.set(conversationId, Date.now());
      for (const [userId, readSeq] of readMarkersIn(entries))
        this.#raise({ conversationId, userId, readSeq });
      for (const [userId, rev] of removalsIn(entries)) this.#touchMembership({ conversationId, userId }, rev);
      for (const message of messages) {
        if ((this.#messages.get(message.id)?.rev ?? 0) < message.rev) this.#messages.set(message.id, message);
      }
    }
  }

  conversationsOf(memberId: string): Conversation[] {
    return [...this.#conversations.values()].filter((conversation) => isMember(conversation, memberId));
  }

  touchedAt(conversationId: string): number {
    return this.#touched.get(conversationId) ?? 0;
  }

  touchedMembershipsOf(userId: string): TouchedMembership[] {
    return [...this.#memberships.values()].filter((membership) => membership.userId === userId);
  }

  #raise(marker: ReadMarker): number {
    const readSeq = Math.max(this.#markers.get(markerId(marker))?.readSeq ?? 0, marker.readSeq);
    this.#markers.set(markerId(marker), { ...marker, readSeq });
    return readSeq;
  }

  #touchMembership(key: MarkerKey, removedAt?: number): void {
    const { conversationId: id, userId } = key;
    const known = this.#memberships.get(markerId(key))?.left;
    const left = removedAt === undefined ? known : Math.max(known ?? 0, removedAt);
    this.#memberships.set(markerId(key), { id, userId, left, changed: Date.now() });
  }

  #acquaintancesOf(memberId: string): string[] {
    const shared = this.conversationsOf(memberId);
    const ids = shared.flatMap(({ members }) => members.map(({ id }) => id));
    return [...new Set(ids)].filter((id) => id !== memberId).toSorted();
  }

  #all(): Message[] {
    return this.#log.sent().map((entry) => this.#messages.get(entry.id) ?? sentMessage(entry));
  }
}

function latestFirst(one: ListPosition, other: ListPosition): number {
  return Number(other.active) - Number(one.active) || (one.id < other.id ? 1 : -1);
}
