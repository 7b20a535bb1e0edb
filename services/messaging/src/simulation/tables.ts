import type { Conversation } from '../domain/conversation.ts';
import type { Entry } from '../domain/entry.ts';
import type { Message } from '../domain/message.ts';

interface Membership {
  touched: number;
  left: number | undefined;
}

/** What one server of the database holds. */
export class Tables {
  entries: Entry[] = [];
  /** The ids of the entries that are marked for relay. */
  marked = new Set<string>();
  conversations = new Map<string, Conversation>();
  /** The messages that were changed, by id. */
  messages = new Map<string, Message>();
  /** How far somebody has read, by conversation and user. */
  markers = new Map<string, number>();
  /** When entries were published, by id. */
  published = new Map<string, number>();
  /** When conversations were touched. */
  touched = new Map<string, number>();
  /** When memberships were touched, and where a removal ended them, by conversation and user. */
  memberships = new Map<string, Membership>();

  copy(): Tables {
    const copy = new Tables();
    copy.entries = [...this.entries];
    copy.marked = new Set(this.marked);
    copy.conversations = new Map(this.conversations);
    copy.messages = new Map(this.messages);
    copy.markers = new Map(this.markers);
    copy.published = new Map(this.published);
    copy.touched = new Map(this.touched);
    copy.memberships = new Map(this.memberships);
    return copy;
  }

  entriesOf(conversationId: string): Entry[] {
    return this.entries
      .filter((entry) => entry.conversationId === conversationId)
      .toSorted((one, other) => one.rev - other.rev);
  }
}
