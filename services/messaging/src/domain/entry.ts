export type Role = 'owner' | 'admin' | 'member';

/** Who is in a group from its beginning. */
interface Founder {
  id: string;
  role: Role;
}

/** What happened. Facts: they don't change, but for the texts of a message that was deleted. */
export type Happening =
  | {
      type: 'conversation.created';
      data: { kind: 'direct' | 'group'; title: string | null; members: readonly Founder[] };
    }
  | { type: 'conversation.renamed'; data: { title: string } }
  | { type: 'member.added'; data: { userId: string; role: Role } }
  | { type: 'member.removed'; data: { userId: string } }
  | { type: 'member.role_changed'; data: { userId: string; role: Role } }
  | {
      type: 'message.sent';
      data: { messageId: string; content: string; replyTo: number | null; mentions: readonly string[] };
    }
  | { type: 'message.edited'; data: { seq: number; content: string; mentions: readonly string[] } }
  | { type: 'message.deleted'; data: { seq: number } }
  | { type: 'reaction.added'; data: { seq: number; emoji: string } }
  | { type: 'reaction.removed'; data: { seq: number; emoji: string } };

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

export type EntryOf<Type extends Happening['type']> = Extract<Entry, { type: Type }>;

/** What changes a message that was sent before. */
export type MessageChange = EntryOf<
  'message.edited' | 'message.deleted' | 'reaction.added' | 'reaction.removed'
>;

export function isMessageChange(entry: Entry): entry is MessageChange {
  return ['message.edited', 'message.deleted', 'reaction.added', 'reaction.removed'].includes(entry.type);
}

/** The seq of the message that the entry sends or changes. */
export function messageSeqOf(entry: Entry): number | undefined {
  if (entry.type === 'message.sent') return entry.seq;
  return isMessageChange(entry) ? entry.data.seq : undefined;
}
