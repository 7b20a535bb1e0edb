type Role = 'owner' | 'admin' | 'member';

export interface Membership {
  id: string;
  role: Role;
}

/** What happened. Facts: they don't change. */
export type Happening =
  | {
      type: 'conversation.created';
      data: { kind: 'direct' | 'group'; title: string | null; members: readonly Membership[] };
    }
  | {
      type: 'message.sent';
      data: { messageId: string; content: string; replyTo: number | null; mentions: readonly string[] };
    };

/** What a decision wants to happen next, with the id that it keeps however often it is tried. */
export type EntryDraft = Happening & { id: string };

/** Makes a repeat of a command recognisable: unique with its actor in its conversation, for ever. */
export interface CommandKey {
  clientMessageId: string;
  /** Hash of what the key was first used with. */
  bodyHash: string;
}

/** One line of a conversation's log. */
export type Entry = EntryDraft & {
  conversationId: string;
  /** 1, 2, 3, … without a hole. */
  rev: number;
  /** The number of messages up to and including this entry. */
  seq: number;
  actorId: string;
  at: Date;
  key?: CommandKey | undefined;
};

export type MessageEntry = Extract<Entry, { type: 'message.sent' }>;
