import { createHash } from 'node:crypto';

/** The direct conversation of two users; with oneself it is a notebook of one member. */
export interface DirectConversation {
  id: string;
  memberIds: readonly string[];
}

/**
 * Derives the id from the two members, so that two people who write to each other first at the same moment mean
 * the same conversation. The id is a UUID of version 8 (RFC 9562, 5.8): the version whose bits are the maker's own.
 */
export function directConversation(userId: string, otherId: string): DirectConversation {
  const memberIds = [...new Set([userId, otherId])].toSorted();
  const digest = createHash('sha256')
    .update(`direct:${memberIds.join(':')}`)
    .digest('hex');
  const variant = ((Number.parseInt(digest.charAt(16), 16) & 0x3) | 0x8).toString(16);
  const id = [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-');
  return { id, memberIds };
}
