// All that this package takes from the contracts, and types only: the build writes them out, so that what is published
// needs no other package.
import type { getUser, logPageSchema, ResponseOf, readMarkSchema } from '@natter/contracts';

export type {
  Conversation,
  ConversationWithMessages,
  Entry,
  ErrorCode,
  FieldFault,
  Member,
  Message,
  MessagePage,
  NewSecondFactor,
  OwnUser,
  Presence,
  PresentStatus,
  Receipt,
  Receipts,
  RegistrationPolicy,
  Role,
  SecondFactorPolicy,
  Session,
  SessionGrant,
  SyncedConversation,
  Typing,
  User,
} from '@natter/contracts';

/** A user, or what is left of one whose account is deleted. */
export type UserOrDeleted = ResponseOf<typeof getUser>;

/** How far the caller has read, and how many messages come after it. */
export type ReadMark = (typeof readMarkSchema)['_zod']['output'];

/** A page of a log; revs are 1, 2, 3, … without a hole. */
export type LogPage = (typeof logPageSchema)['_zod']['output'];
