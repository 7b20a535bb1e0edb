import { Gauge, type Metrics } from '@natter/platform';
import type { DriftCounts } from './audit/count-drift.ts';

/** What messaging measures of itself. */
export function createMessagingMetrics(metrics: Metrics) {
  const registers = [metrics];
  const drift = new Gauge({
    name: 'natter_projection_drift',
    help: 'Documents of a projection that differ from the logs, as of the last round through all of them',
    labelNames: ['projection'],
    registers,
  });
  const unrelayed = new Gauge({
    name: 'natter_unrelayed_entries',
    help: 'Entries that were found left behind, not published yet, at the last look',
    registers,
  });
  return {
    setDrift: (counts: DriftCounts) => {
      for (const [projection, count] of Object.entries(counts)) drift.set({ projection }, count);
    },
    setUnrelayed: (entries: number) => unrelayed.set(entries),
  };
}
