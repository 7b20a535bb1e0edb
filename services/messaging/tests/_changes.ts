import { type Conversation, evolve } from '../src/domain/conversation.ts';
import type { Entry } from '../src/domain/entry.ts';
import type { ProjectionChange } from '../src/domain/projections.ts';

/** The change that brings a conversation to the last of these entries, by that entry. */
export function changeBy(...entries: readonly Entry[]): ProjectionChange {
  const conversation = entries.reduce<Conversation | undefined>(evolve, undefined) as Conversation;
  return { conversation, entries: entries.slice(-1), messages: [] };
}
