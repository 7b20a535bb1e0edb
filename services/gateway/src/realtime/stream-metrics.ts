import { Counter, Gauge, type Metrics } from '@natter/platform';
import type { CloseReason, EndReason, Transport } from './live-events.ts';

export type StreamMetrics = ReturnType<typeof createStreamMetrics>;

const transports: readonly Transport[] = ['events', 'websocket'];

const reasons: readonly (CloseReason | EndReason)[] = [
  'closed',
  'slow',
  'session_ended',
  'restarting',
  'unavailable',
];

/** What the gateway measures of its streams. */
export function createStreamMetrics(metrics: Metrics) {
  const registers = [metrics];
  const streams = new Gauge({
    name: 'natter_streams',
    help: 'Clients that are told live of what happens',
    labelNames: ['transport'],
    registers,
  });
  for (const transport of transports) streams.set({ transport }, 0);
  const ends = new Counter({
    name: 'natter_stream_ends_total',
    help: 'Streams that ended, by why',
    labelNames: ['reason'],
    registers,
  });
  // Prometheus sees no increase in what begins with 1.
  for (const reason of reasons) ends.inc({ reason }, 0);
  const entries = new Counter({
    name: 'natter_stream_entries_total',
    help: 'Entries that were given to streams, each once for each stream',
    registers,
  });
  const gaps = new Counter({
    name: 'natter_feed_gaps_total',
    help: 'Parts of logs that were read because a push of them was missed or came too early',
    registers,
  });
  return {
    opened: (transport: Transport) => streams.inc({ transport }),
    ended: (transport: Transport, reason: CloseReason | EndReason) => {
      streams.dec({ transport });
      ends.inc({ reason });
    },
    delivered: () => entries.inc(),
    gapFilled: () => gaps.inc(),
  };
}
