import { type Handler, implement } from '@natter/bus';
import { getConversation, type Member } from '@natter/contracts';
import type { Conversation } from '../domain/conversation.ts';
import { findVisibleConversation } from './find-visible-conversation.ts';
import type { ReadingServices } from './list-messages.ts';
import { readPage } from './message-page.ts';
import { usernameIn } from './message-view.ts';

export function handleGetConversation(services: ReadingServices): Handler {
  return implement(getConversation, async ({ callerId, conversation: ref, limit }) => {
    const conversation = await findVisibleConversation(services, callerId, ref);
    const { id, kind, title, seq, rev, updated } = conversation;
    const [members, messages] = await Promise.all([
      viewMembers(services, conversation),
      readPage(services, { viewerId: callerId, conversationId: id, seq, limit }),
    ]);
    const readSeq = members.find((member) => member.id === callerId)?.readSeq ?? 0;
    return {
      id: seq === 0 && kind === 'direct' ? null : id,
      kind,
      title,
      members,
      seq,
      rev,
      readSeq,
      unread: seq - readSeq,
      lastMessage: messages.data.at(-1) ?? null,
      updated: rev === 0 ? null : updated.toISOString(),
      messages,
    };
  });
}

/** A marker is read after the conversation was, and may have moved on: here it stands within what is shown. */
async function viewMembers(
  { projections, directory }: ReadingServices,
  { id, members, seq }: Conversation,
): Promise<Member[]> {
  const ids = members.map((member) => member.id);
  const [usernames, markers] = await Promise.all([
    directory.usernamesOf(ids),
    projections.findReadMarkers(id, ids),
  ]);
  return members.map((member) => ({
    id: member.id,
    username: usernameIn(usernames, member.id),
    role: member.role,
    readSeq: Math.min(markers.get(member.id) ?? 0, seq),
  }));
}
