import { isMember } from '../domain/conversation.ts';
import type { Entry } from '../domain/entry.ts';
import type { Device } from './device.ts';
import type { World } from './world.ts';

/** Compares what devices were given, once each has synced after the last change, with what really happened. */
export function judgeDevices(world: World): void {
  for (const device of world.devices) {
    for (const conversationId of world.chronicle.conversationIds) judgeDevice(world, device, conversationId);
  }
}

function judgeDevice({ chronicle, violations }: World, device: Device, conversationId: string): void {
  const { userId } = device;
  const missed = owed(chronicle.of(conversationId), userId).filter((rev) => !device.has(conversationId, rev));
  violations.expect(
    missed.length === 0,
    'sync misses nothing',
    () => `${userId} was never given ${missed.join()} of ${conversationId}`,
  );
}

/** For a member all entries since the one that made them one; for whoever was removed the one that did so. */
function owed(annals: ReturnType<World['chronicle']['of']>, userId: string): number[] {
  const { entries, head } = annals;
  const state = annals.at(head);
  const turn = entries.findLast((entry) => isTurnOf(userId, entry))?.rev;
  if (state === undefined || turn === undefined) return [];
  return isMember(state, userId) ? entries.slice(turn - 1).map(({ rev }) => rev) : [turn];
}

function isTurnOf(userId: string, { type, data }: Entry): boolean {
  if (type === 'conversation.created') return data.members.some(({ id }) => id === userId);
  return (type === 'member.added' || type === 'member.removed') && data.userId === userId;
}
