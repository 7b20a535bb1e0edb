import { zodToOpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import {
  deletedUserSchema,
  entrySchema,
  leftConversationSchema,
  logPageSchema,
  memberSchema,
  messagePageSchema,
  messageSchema,
  newSecondFactorSchema,
  ownUserSchema,
  presenceSchema,
  readMarkSchema,
  recoveryCodesSchema,
  roleSchema,
  sessionGrantSchema,
  sessionSchema,
  signingKeySchema,
  userSchema,
} from '@natter/contracts';
import type { z } from 'zod';
import {
  changedConversationAnswerSchema,
  conversationAnswerSchema,
  conversationListSchema,
  conversationWithMessagesAnswerSchema,
  foundMessagesSchema,
  listPageSchema,
  memberListSchema,
  sessionListSchema,
  snapshotConversationAnswerSchema,
  syncPageSchema,
  userListSchema,
} from '../answer-schemas.ts';
import { problemSchema } from '../problem.ts';
import { healthReportSchema } from '../routes/health.ts';

const components = {
  Problem: problemSchema,
  User: userSchema,
  OwnUser: ownUserSchema,
  Presence: presenceSchema,
  DeletedUser: deletedUserSchema,
  NewSecondFactor: newSecondFactorSchema,
  RecoveryCodes: recoveryCodesSchema,
  UserList: userListSchema,
  Session: sessionSchema,
  SessionList: sessionListSchema,
  SessionGrant: sessionGrantSchema,
  SigningKey: signingKeySchema,
  Role: roleSchema,
  Member: memberSchema,
  MemberList: memberListSchema,
  Message: messageSchema,
  MessagePage: messagePageSchema,
  FoundMessages: foundMessagesSchema,
  Conversation: conversationAnswerSchema,
  ConversationList: conversationListSchema,
  ConversationWithMessages: conversationWithMessagesAnswerSchema,
  ReadMark: readMarkSchema,
  Entry: entrySchema,
  LogPage: logPageSchema,
  SyncPage: syncPageSchema,
  ChangedConversation: changedConversationAnswerSchema,
  LeftConversation: leftConversationSchema,
  SnapshotConversation: snapshotConversationAnswerSchema,
  ListPage: listPageSchema,
  HealthReport: healthReportSchema,
};

const descriptions: Partial<Record<keyof typeof components, string>> = {
  Role: '*owner* does everything, alone changes roles and may make further owners; *admin* renames, adds members, removes plain members, deletes anyone’s message; *member* sends, reacts, leaves.',
  Message:
    '`seq` is its place among the messages of the conversation: 1, 2, 3, … A deleted message keeps it, with `content` `""`. `rev` is that of the latest entry that changed it. `clientMessageId` is shown to its sender only.',
  Conversation:
    '`id` is null for a direct conversation without messages. `members` are the first 50 of `memberCount` to join. `unread` is exact: the messages after `readSeq`. `epoch` holds for all of its numbers.',
  ChangedConversation:
    'The conversation as it is, and the entries that were missing, the oldest first, in order and without a hole. With `hasMore` the log has more after them: read it on. Without entries only the own `readSeq` moved.',
  LeftConversation:
    'The caller is a member no more. Their last entry is the one that removed them; where more were missing than `limit`, these are the newest.',
  SnapshotConversation: 'The conversation as it is, and its newest page of messages.',
  Entry:
    '`(conversationId, rev)` identifies it. `seq` is the number of messages up to and including it; that of `message.sent` is the message’s own.',
};

/**
 * Gives the DTOs their names in the document. Straight into the library's registry: its `register` names a copy, and
 * DTOs that are parts of others would be written out each time.
 */
export function nameComponents(): void {
  for (const [name, schema] of Object.entries(components)) {
    nameComponent(name, schema, descriptions[name as keyof typeof components]);
  }
  for (const line of entrySchema.options) nameComponent(`${pascalCase(line.shape.type.value)}Entry`, line);
}

export function nameComponent(refId: string, schema: z.ZodType, description?: string): void {
  zodToOpenAPIRegistry.add(schema, { _internal: { refId }, ...(description && { description }) });
}

/** `member.role_changed` is `MemberRoleChanged`. */
export function pascalCase(type: string): string {
  return type
    .split(/[._]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
