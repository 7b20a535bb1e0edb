/** What can be wrong, in the order in which it is told of. */
export const findingKinds = {
  rev: 'holes and repeats in rev',
  seq: 'holes in seq',
  beginning: 'logs whose first entry, and no other, is not the beginning',
  stranger: 'entries about messages that are not there',
  text: 'texts of deleted messages that are not blank',
  unrelayed: 'entries that stay unrelayed',
  conversations: 'conversations that differ from their log',
  messages: 'messages that differ from their log',
  memberships: 'memberships that differ from their log',
  search: 'messages that the search knows otherwise than their log',
} as const;

export type FindingKind = keyof typeof findingKinds;

export interface Finding {
  kind: FindingKind;
  conversationId: string;
  /** The same words as long as the same thing is wrong, and others once something moves. */
  detail: string;
}

export const isSame = (one: Finding, other: Finding): boolean =>
  one.kind === other.kind && one.conversationId === other.conversationId && one.detail === other.detail;
