import type { Conversation, Member } from './conversation.ts';

/** How many members an overview names. */
export const namedMembers = 50;

/** A conversation without most of its members, for whoever only looks at it. */
export interface ConversationOverview extends Omit<Conversation, 'members' | 'joins'> {
  /** The first to have joined. */
  readonly firstMembers: readonly Member[];
  readonly memberCount: number;
}

export function overviewOf({ members, joins: _joins, ...rest }: Conversation): ConversationOverview {
  return { ...rest, firstMembers: members.slice(0, namedMembers), memberCount: members.length };
}
