import type { Happening } from '../domain/entry.ts';
import type { Profiles } from '../domain/user-directory.ts';
import type { ConversationWriter } from '../log/conversation-writer.ts';
import { leaveGroup } from '../users/leave-groups.ts';

type Happened = Happening & { conversationId: string };

/**
 * Takes those out again who were put into a group when their account was deleted already, by whoever had not heard
 * of it. A deletion is kept before the groups are looked through, and a new member shows before this is asked: so one
 * of the two always sees the other.
 */
export function seeOffDeleted({ profiles, writer }: { profiles: Profiles; writer: ConversationWriter }) {
  return async (entry: Happened): Promise<void> => {
    const ids = joinedBy(entry);
    if (ids.length === 0) return;
    const deleted = (await profiles.findByIds(ids)).filter((profile) => profile.deleted);
    for (const { id } of deleted) await leaveGroup(writer, entry.conversationId, id);
  };
}

function joinedBy(entry: Happened): string[] {
  if (entry.type === 'member.added') return [entry.data.userId];
  const isGroup = entry.type === 'conversation.created' && entry.data.kind === 'group';
  return isGroup ? entry.data.members.map(({ id }) => id) : [];
}
