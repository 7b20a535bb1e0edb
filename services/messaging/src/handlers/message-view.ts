import type { Message as MessageDto } from '@natter/contracts';
import type { Message } from '../domain/message.ts';
import type { UserDirectory } from '../domain/user-directory.ts';

type Names = ReadonlyMap<string, { username: string }>;

/** Messages as the viewer sees them. */
export async function viewMessages(
  directory: UserDirectory,
  viewerId: string,
  messages: readonly Message[],
): Promise<MessageDto[]> {
  const senders = await directory.profilesOf([...new Set(messages.map(({ senderId }) => senderId))]);
  return messages.map((message) => viewMessage(senders, viewerId, message));
}

/** `names` are by id, and need to have that of the sender. */
export function viewMessage(names: Names, viewerId: string, message: Message): MessageDto {
  const { sent, edited, deleted, mentions, reactions, clientMessageId, ...rest } = message;
  return {
    ...rest,
    sender: usernameIn(names, message.senderId),
    sent: sent.toISOString(),
    edited: edited?.toISOString() ?? null,
    deleted: deleted?.toISOString() ?? null,
    mentions: [...mentions],
    reactions: reactions.map(({ emoji, userIds }) => ({
      emoji,
      count: userIds.length,
      mine: userIds.includes(viewerId),
    })),
    clientMessageId: message.senderId === viewerId ? clientMessageId : null,
  };
}

/** An account that the users service has no more is shown as deleted. */
export function usernameIn(names: Names, id: string): string {
  return names.get(id)?.username ?? 'deleted';
}
