import type { ProjectionChange } from '../domain/projections.ts';

/**
 * Changes that are applied together, as one for each conversation: of states that follow one another only the last
 * is worth writing. The state of a large group is large.
 */
export function mergeChanges(changes: readonly ProjectionChange[]): ProjectionChange[] {
  const byConversation = Map.groupBy(changes, ({ conversation }) => conversation.id);
  return [...byConversation.values()].map((group) => ({
    conversation: latest(group.map(({ conversation }) => conversation)),
    entries: group.flatMap(({ entries }) => entries),
    messages: latestOfEach(group.flatMap(({ messages }) => messages)),
    ...(group.some(({ restored }) => restored) && { restored: true }),
  }));
}

function latestOfEach<T extends { id: string; rev: number }>(states: readonly T[]): T[] {
  return [...Map.groupBy(states, ({ id }) => id).values()].map(latest);
}

function latest<T extends { rev: number }>(states: readonly T[]): T {
  return states.reduce((one, other) => (other.rev > one.rev ? other : one));
}
