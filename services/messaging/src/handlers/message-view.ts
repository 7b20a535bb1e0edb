import type { Message } from '@natter/contracts';
import type { MessageEntry } from '../domain/entry.ts';

/** Messages as the viewer sees them. `usernames` are by id. */
export function viewMessages(
  usernames: ReadonlyMap<string, string>,
  viewerId: string,
  entries: readonly MessageEntry[],
): Message[] {
  return entries.map((entry) => ({
    id: entry.id,
    conversationId: entry.conversationId,
    seq: entry.seq,
    rev: entry.rev,
    sender: usernameIn(usernames, entry.actorId),
    senderId: entry.actorId,
    content: entry.data.content,
    sent: entry.at.toISOString(),
    edited: null,
    deleted: null,
    replyTo: entry.data.replyTo,
    mentions: [...entry.data.mentions],
    reactions: [],
    clientMessageId: entry.actorId === viewerId ? (entry.key?.clientMessageId ?? null) : null,
  }));
}

/** An account that the users service has no more is shown as deleted. */
export function usernameIn(usernames: ReadonlyMap<string, string>, id: string): string {
  return usernames.get(id) ?? 'deleted';
}
