import type { Entry as EntryDto } from '@natter/contracts';
import type { Entry } from '../domain/entry.ts';

/** Whom an entry makes members. */
export function joinedBy({ type, data }: Entry | EntryDto): readonly string[] {
  if (type === 'conversation.created') return data.members.map(({ id }) => id);
  return type === 'member.added' ? [data.userId] : [];
}
