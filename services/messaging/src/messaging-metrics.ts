import { Counter, durationBuckets, Gauge, Histogram, type Metrics } from '@natter/platform';
import type { DriftCounts } from './audit/count-drift.ts';

export type MessagingMetrics = ReturnType<typeof createMessagingMetrics>;

/** What messaging measures of itself. */
export function createMessagingMetrics(metrics: Metrics) {
  return { ...projectionMetrics(metrics), ...relayMetrics(metrics), ...appendMetrics(metrics) };
}

function projectionMetrics(metrics: Metrics) {
  const drift = new Gauge({
    name: 'natter_projection_drift',
    help: 'Documents of a projection that differ from the logs, as of the last round through all of them',
    labelNames: ['projection'],
    registers: [metrics],
  });
  return {
    setDrift: (counts: DriftCounts) => {
      for (const [projection, count] of Object.entries(counts)) drift.set({ projection }, count);
    },
  };
}

function relayMetrics(metrics: Metrics) {
  const registers = [metrics];
  const unrelayed = new Gauge({
    name: 'natter_unrelayed_entries',
    help: 'Entries that were found left behind, not published yet, at the last look',
    registers,
  });
  let oldest: Date | undefined;
  const lag = new Gauge({
    name: 'natter_relay_lag_seconds',
    help: 'The age of the oldest entry that was not published yet at the last look, by the clocks of the processes',
    registers,
    collect: () => {
      lag.set(oldest === undefined ? 0 : Math.max(0, Date.now() - oldest.getTime()) / 1_000);
    },
  });
  return {
    setUnrelayed: (entries: number) => unrelayed.set(entries),
    /** When the oldest of the entries that are not published yet was appended. */
    setOldestMarked: (at: Date | undefined) => {
      oldest = at;
    },
  };
}

function appendMetrics(metrics: Metrics) {
  const registers = [metrics];
  const durations = new Histogram({
    name: 'natter_append_duration_seconds',
    help: 'Inserts into the logs, until a majority has them on disk',
    labelNames: ['outcome'],
    buckets: durationBuckets,
    registers,
  });
  // Prometheus sees no increase in what begins with 1.
  for (const outcome of ['ok', 'failed']) durations.zero({ outcome });
  const entries = new Histogram({
    name: 'natter_append_entries',
    help: 'How many entries went out in one insert',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
    registers,
  });
  const conflicts = new Counter({
    name: 'natter_append_conflicts_total',
    help: 'Inserts that stopped at an entry whose number or key somebody else had taken',
    registers,
  });
  return {
    /** An insert of `size` entries begins; what is returned is told how many went in, or that it failed. */
    appending: (size: number) => {
      const started = performance.now();
      entries.observe(size);
      return (inserted: number | undefined) => {
        const outcome = inserted === undefined ? 'failed' : 'ok';
        durations.observe({ outcome }, (performance.now() - started) / 1_000);
        if (inserted !== undefined && inserted < size) conflicts.inc();
      };
    },
  };
}
