import { randomUUID } from 'node:crypto';
import type { MongoConnection } from '@natter/mongo';
import { type Conversation, evolve } from '../services/messaging/src/domain/conversation.ts';
import { directConversation } from '../services/messaging/src/domain/direct-conversation.ts';
import type { Entry } from '../services/messaging/src/domain/entry.ts';
import { MongoConversationLog } from '../services/messaging/src/storage/mongo-conversation-log.ts';
import { MongoProfiles } from '../services/messaging/src/storage/mongo-profiles.ts';
import { MongoProjections } from '../services/messaging/src/storage/mongo-projections.ts';

const entriesAtOnce = 2_000;

/** Puts users and conversations into the database as messaging would have left them, only faster. */
export class Filler {
  readonly #log: MongoConversationLog;
  readonly #projections: MongoProjections;
  readonly #profiles: MongoProfiles;

  constructor({ mongoose }: MongoConnection) {
    this.#log = new MongoConversationLog(mongoose);
    this.#projections = new MongoProjections(mongoose);
    this.#profiles = new MongoProfiles(mongoose);
  }

  /** @returns their ids. */
  async users(count: number): Promise<string[]> {
    const profiles = Array.from({ length: count }, (_, index) => {
      const username = `user${index}`;
      return {
        id: randomUUID(),
        username,
        displayName: username,
        created: new Date(),
        deleted: false,
        receipts: 'shared' as const,
        version: 1,
      };
    });
    await this.#profiles.save(profiles);
    return profiles.map(({ id }) => id);
  }

  /** A direct conversation of so many messages. @returns its id. */
  async direct(one: string, other: string, messages: number): Promise<string> {
    const { id, memberIds } = directConversation(one, other);
    const founding: Entry = {
      ...head(id, one, 1, 0),
      type: 'conversation.created',
      data: {
        kind: 'direct',
        title: null,
        members: memberIds.map((member) => ({ id: member, role: 'member' })),
      },
    };
    let conversation = evolve(undefined, founding);
    await this.#append(conversation, [founding]);
    for (let sent = 0; sent < messages; sent += entriesAtOnce) {
      const entries = Array.from({ length: Math.min(entriesAtOnce, messages - sent) }, (_, index) =>
        message(id, one, sent + index + 1),
      );
      conversation = entries.reduce<Conversation>(evolve, conversation);
      await this.#append(conversation, entries);
    }
    return id;
  }

  async #append(conversation: Conversation, entries: readonly Entry[]): Promise<void> {
    await this.#log.append(entries);
    await Promise.all([
      this.#projections.apply([{ conversation, entries, messages: [] }]),
      this.#log.unmark(entries),
    ]);
  }
}

const head = (conversationId: string, actorId: string, rev: number, seq: number) => ({
  id: randomUUID(),
  conversationId,
  actorId,
  rev,
  seq,
  at: new Date(),
});

function message(conversationId: string, actorId: string, seq: number): Entry {
  const shared = head(conversationId, actorId, seq + 1, seq);
  const content = `message ${seq} of many, as long as people write`;
  return {
    ...shared,
    type: 'message.sent',
    data: { messageId: shared.id, content, replyTo: null, mentions: [] },
  };
}
