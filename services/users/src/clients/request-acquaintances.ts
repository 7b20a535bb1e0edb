import { type Bus, Deadline } from '@natter/bus';
import { findAcquaintances, listAcquaintances } from '@natter/contracts';
import { uuidv7 } from 'uuidv7';
import type { Acquaintances } from '../domain/visibility.ts';

/** Short: somebody's request is waiting for it. */
const withinMs = 1_500;

/** As many as one answer brings. */
const atOnce = 10_000;

const contextOf = () => ({ requestId: uuidv7(), deadline: Deadline.in(withinMs) });

/** Messaging, asked over the bus. */
export function requestAcquaintances(bus: Bus): Acquaintances {
  return {
    areAcquainted: async (userId, otherId) => {
      const { ids } = await bus.call(findAcquaintances, { userId, among: [otherId] }, contextOf());
      return ids.includes(otherId);
    },
    listOf: async (userId) => {
      const context = contextOf();
      const all: string[] = [];
      for (;;) {
        const afterId = all.at(-1);
        const { ids } = await bus.call(listAcquaintances, { userId, afterId, limit: atOnce }, context);
        all.push(...ids);
        if (ids.length < atOnce) return all;
      }
    },
  };
}
