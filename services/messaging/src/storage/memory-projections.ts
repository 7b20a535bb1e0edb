import type { Conversation } from '../domain/conversation.ts';
import type { ProjectionChange, Projections, ReadMarkers } from '../domain/projections.ts';
import { readMarkersIn } from '../domain/read-markers.ts';

/** The projections in memory, for tests. */
export class MemoryProjections implements Projections {
  readonly #conversations = new Map<string, Conversation>();
  readonly #markers = new Map<string, Map<string, number>>();

  async findConversation(conversationId: string): Promise<Conversation | undefined> {
    return this.#conversations.get(conversationId);
  }

  async apply(changes: readonly ProjectionChange[]): Promise<void> {
    for (const { conversation, entries } of changes) {
      const known = this.#conversations.get(conversation.id);
      if ((known?.rev ?? 0) < conversation.rev) this.#conversations.set(conversation.id, conversation);
      const markers = this.#markers.get(conversation.id) ?? new Map<string, number>();
      for (const [userId, seq] of readMarkersIn(entries)) {
        markers.set(userId, Math.max(markers.get(userId) ?? 0, seq));
      }
      this.#markers.set(conversation.id, markers);
    }
  }

  async findReadMarkers(conversationId: string, userIds: readonly string[]): Promise<ReadMarkers> {
    const markers = this.#markers.get(conversationId) ?? new Map<string, number>();
    return new Map([...markers].filter(([userId]) => userIds.includes(userId)));
  }
}
