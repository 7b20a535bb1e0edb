import { type Lifecycle, repeat } from '@natter/platform';
import type { Archives } from '../audit/archives.ts';
import { countDrift } from '../audit/count-drift.ts';
import type { MessagingMetrics } from '../messaging-metrics.ts';

/** From one round through all conversations to the next, and before the first. */
const countDriftEveryMs = 10 * 60_000;

/** Measures how far the projections have drifted from the logs. */
export function startWatchingDrift(
  lifecycle: Lifecycle,
  archives: Archives,
  metrics: Pick<MessagingMetrics, 'setDrift'>,
): void {
  const { stopping, owner } = lifecycle;
  const watching = repeat(async () => metrics.setDrift(await countDrift(archives, stopping)), {
    everyMs: countDriftEveryMs,
    delayMs: countDriftEveryMs,
    onFailure: (error) => {
      if (!stopping.aborted) owner.logger.warn({ err: error }, 'could not compare projections; trying on');
    },
  });
  lifecycle.onStop('the look for drift', () => watching.stop());
}
