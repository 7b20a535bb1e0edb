import { setTimeout } from 'node:timers/promises';
import { type Bus, Deadline } from '@natter/bus';
import { errorTable, listHeads, NatterError, pageSize, readEntries, readLog, sync } from '@natter/contracts';
import { uuidv7 } from 'uuidv7';
import type { RealtimeReads } from './realtime-reads.ts';

/** Milliseconds for one question. */
const answerWithinMs = 4_900;

/** Milliseconds for all attempts together: whoever waits longer does better to ask another gateway. */
const patienceMs = 10_000;

/** Milliseconds between two attempts, on average. */
const pauseMs = 250;

const headsAtOnce = 1_000;

/** Entries of one conversation: what goes on is read on. */
const entriesAtOnce = 100;

/** Reads over NATS; what fails because somebody is away is tried again for a while. */
export function createBusReads(bus: Pick<Bus, 'call'>): RealtimeReads {
  return {
    heads: async (callerId, afterId) => {
      const request = { callerId, afterId, limit: headsAtOnce };
      const page = await patiently((context) => bus.call(listHeads, request, context));
      return { ...page, hasMore: page.heads.length === headsAtOnce };
    },
    sync: (callerId, position) =>
      patiently((context) => bus.call(sync, { callerId, position, limit: entriesAtOnce }, context)),
    readLog: async (callerId, id, after) => {
      const request = { callerId, conversation: { id }, after, limit: pageSize.max };
      const { data, page } = await patiently((context) => bus.call(readLog, request, context));
      return { entries: data, hasMore: page.hasAfter };
    },
    readEntries: (conversationId, after) =>
      patiently((context) => bus.call(readEntries, { conversationId, after, limit: pageSize.max }, context)),
  };
}

async function patiently<T>(
  ask: (context: { requestId: string; deadline: Deadline }) => Promise<T>,
): Promise<T> {
  const patience = Deadline.in(patienceMs);
  for (;;) {
    try {
      return await ask({ requestId: uuidv7(), deadline: Deadline.in(answerWithinMs) });
    } catch (error) {
      const retryable = error instanceof NatterError && errorTable[error.code].retryable;
      if (!retryable || patience.expired) throw error;
      await setTimeout(pauseMs * (0.5 + Math.random()));
    }
  }
}
