import { derivedId } from './derived-id.ts';

/** The direct conversation of two users; with oneself it is a notebook of one member. */
export interface DirectConversation {
  id: string;
  memberIds: readonly string[];
}

/** Derives the id from the two, so that both mean the same conversation if they write first at the same moment. */
export function directConversation(userId: string, otherId: string): DirectConversation {
  const memberIds = [...new Set([userId, otherId])].toSorted();
  return { id: derivedId(`direct:${memberIds.join(':')}`), memberIds };
}
