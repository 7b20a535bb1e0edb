import { Gauge, type Metrics } from '@natter/platform';
import type { Outbox } from './domain/outbox.ts';

/** An outbox as it is, which measures how much is in it. */
export function measuredOutbox(outbox: Outbox, metrics: Metrics): Outbox {
  const unrelayed = new Gauge({
    name: 'natter_unrelayed_users',
    help: 'Users whose last change was not published yet at the last look',
    registers: [metrics],
  });
  return {
    readMarked: async (limit) => {
      const marked = await outbox.readMarked(limit);
      unrelayed.set(marked.length);
      return marked;
    },
    unmark: (profile) => outbox.unmark(profile),
  };
}
