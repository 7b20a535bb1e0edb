import { type Bus, implement } from '@natter/bus';
import {
  conversationJoined,
  type Entry,
  entryPushed,
  getCursorKey,
  joiningGroupOf,
  listHeads,
  readEntries,
  readLog,
  sync,
} from '@natter/contracts';
import { SimulatedMessaging } from '../src/realtime/_simulated-messaging.ts';
import type { Stack } from './_stack.ts';

const key = Buffer.alloc(32, 1).toString('base64url');

/** A messaging service that keeps its logs in memory. */
export async function serveMessaging(stack: Stack): Promise<SimulatedMessaging> {
  const messaging = new SimulatedMessaging();
  await stack.serve(
    'messaging',
    implement(getCursorKey, async () => ({ key })),
    implement(listHeads, ({ callerId }) => messaging.heads(callerId)),
    implement(sync, async ({ callerId, position }) => {
      if (position === undefined) throw new Error('nobody here begins with a snapshot');
      return messaging.sync(callerId, position);
    }),
    implement(readEntries, ({ conversationId, after }) => messaging.readEntries(conversationId, after)),
    implement(readLog, async ({ callerId, conversation, after, limit }) => {
      if (!('id' in conversation)) throw new Error('nobody here asks by name');
      const { entries, hasMore } = await messaging.readLog(callerId, conversation.id, after);
      const rev = messaging.headOf(conversation.id);
      return { data: [...entries], page: { hasAfter: hasMore, rev, epoch: messaging.epoch, limit } };
    }),
  );
  return messaging;
}

/** As messaging does once an entry can be read. */
export function push(bus: Bus, entry: Entry): void {
  const { conversationId, rev } = entry;
  bus.hint(entryPushed, entry, { address: conversationId });
  if (entry.type !== 'member.added') return;
  const { userId } = entry.data;
  const joined = { conversationId, rev, userIds: [userId] };
  bus.hint(conversationJoined, joined, { address: joiningGroupOf(userId) });
}
