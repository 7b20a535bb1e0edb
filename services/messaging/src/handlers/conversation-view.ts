import type {
  Conversation as ConversationDto,
  Member as MemberDto,
  Message as MessageDto,
} from '@natter/contracts';
import type { Member } from '../domain/conversation.ts';
import type { ConversationOverview } from '../domain/conversation-overview.ts';
import type { ReadMarker } from '../domain/projections.ts';
import type { Profile } from '../domain/user-directory.ts';
import { usernameIn, viewMessage } from './message-view.ts';
import type { ReadingServices } from './reading-services.ts';

/** To whom, and with what, conversations are shown. */
interface Around {
  viewerId: string;
  markers: ReadonlyMap<string, ReadMarker>;
  profiles: ReadonlyMap<string, Profile>;
  lastMessages: ReadonlyMap<string, MessageDto>;
  epoch: string;
}

const markerKey = (conversationId: string, userId: string): string => `${conversationId}:${userId}`;

/** Conversations as the viewer sees them, with as many reads for many as for one. */
export async function viewConversations(
  { projections, directory, epoch }: Pick<ReadingServices, 'projections' | 'directory' | 'epoch'>,
  viewerId: string,
  overviews: readonly ConversationOverview[],
): Promise<ConversationDto[]> {
  const keys = overviews.flatMap(({ id: conversationId, firstMembers }) =>
    withViewer(viewerId, firstMembers).map((userId) => ({ conversationId, userId })),
  );
  const [markers, messages] = await Promise.all([
    projections.findReadMarkers(keys),
    projections.findMessages(overviews.flatMap(({ lastMessageId }) => lastMessageId ?? [])),
  ]);
  const userIds = [...keys.map(({ userId }) => userId), ...messages.map(({ senderId }) => senderId)];
  const profiles = await directory.profilesOf([...new Set(userIds)]);
  const around = {
    viewerId,
    markers: new Map(markers.map((marker) => [markerKey(marker.conversationId, marker.userId), marker])),
    profiles,
    lastMessages: new Map(messages.map((message) => [message.id, viewMessage(profiles, viewerId, message)])),
    epoch: epoch(),
  };
  return overviews.map((overview) => viewConversation(overview, around));
}

function withViewer(viewerId: string, members: readonly Member[]): string[] {
  return [...new Set([viewerId, ...members.map(({ id }) => id)])];
}

function viewConversation(overview: ConversationOverview, around: Around): ConversationDto {
  const { id, kind, title, firstMembers, memberCount, seq, rev, updated, lastMessageId } = overview;
  const readSeq = readSeqOf(overview, around.viewerId, around);
  return {
    id: rev === 0 ? null : id,
    kind,
    title,
    members: firstMembers.map((member) => viewMember(overview, member, around)),
    memberCount,
    seq,
    rev,
    epoch: around.epoch,
    readSeq,
    unread: seq - readSeq,
    lastMessage: around.lastMessages.get(lastMessageId ?? '') ?? null,
    updated: rev === 0 ? null : updated.toISOString(),
  };
}

/** `around` needs to have the member's marker and profile. */
function viewMember(
  conversation: Pick<ConversationOverview, 'id' | 'seq'>,
  { id, role }: Member,
  around: Pick<Around, 'markers' | 'profiles' | 'viewerId'>,
): MemberDto {
  return {
    id,
    username: usernameIn(around.profiles, id),
    role,
    readSeq: showsReceipts(id, around) ? readSeqOf(conversation, id, around) : null,
  };
}

/** One's own are always shown; those of the deleted, who can't choose any more, are not. */
function showsReceipts(id: string, { profiles, viewerId }: Pick<Around, 'profiles' | 'viewerId'>): boolean {
  return id === viewerId || profiles.get(id)?.receipts === 'shared';
}

/** A marker is read after the conversation was, and may have moved on: here it stands within what is shown. */
function readSeqOf(
  { id, seq }: Pick<ConversationOverview, 'id' | 'seq'>,
  userId: string,
  { markers }: Pick<Around, 'markers'>,
): number {
  return Math.min(markers.get(markerKey(id, userId))?.readSeq ?? 0, seq);
}

/** Members of one conversation as the viewer sees them. */
export async function viewMembers(
  { projections, directory }: Pick<ReadingServices, 'projections' | 'directory'>,
  viewerId: string,
  conversation: Pick<ConversationOverview, 'id' | 'seq'>,
  members: readonly Member[],
): Promise<MemberDto[]> {
  const ids = members.map(({ id }) => id);
  const [found, profiles] = await Promise.all([
    projections.findReadMarkers(ids.map((userId) => ({ conversationId: conversation.id, userId }))),
    directory.profilesOf(ids),
  ]);
  const markers = new Map(found.map((marker) => [markerKey(marker.conversationId, marker.userId), marker]));
  return members.map((member) => viewMember(conversation, member, { viewerId, markers, profiles }));
}
