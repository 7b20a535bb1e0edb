import type { Bus } from '@natter/bus';
import { credentialsChanged } from '@natter/contracts';
import type { Logger, Metrics } from '@natter/platform';
import type { EndedSessions } from '../auth/ended-sessions.ts';
import { BusHearing } from './bus-hearing.ts';
import { createBusReads } from './bus-reads.ts';
import type { Cursors } from './cursors.ts';
import { LiveFeeds } from './live-feeds.ts';
import { createStreamMetrics } from './stream-metrics.ts';

const tickMs = 1_000;

export interface LiveEventsOptions {
  bus: Bus;
  cursors: Cursors;
  endedSessions: EndedSessions;
  /** Of one user, here. */
  maxStreams: number;
  metrics: Metrics;
  logger: Logger;
}

/** Live events that hear of everything by the bus; resolves when they do. */
export async function startLiveEvents(options: LiveEventsOptions) {
  const { bus, cursors, endedSessions, maxStreams, metrics, logger } = options;
  const hearing: BusHearing = new BusHearing(bus, () => feeds);
  const feeds = new LiveFeeds({
    reads: createBusReads(bus),
    hearing,
    cursors,
    endedSessions,
    maxStreams,
    metrics: createStreamMetrics(metrics),
    logger,
  });
  endedSessions.onEnded((sessions) => feeds.sessionsEnded(sessions.map(({ id }) => id)));
  const listening = await bus.listen(credentialsChanged, {
    handle: ({ userId }) => feeds.credentialsChanged(userId),
    // `hearing` hears of the same gap.
    onGap: () => undefined,
  });
  const ticking = setInterval(() => feeds.tick(), tickMs);
  return {
    feeds,
    /** Call it when all streams have ended. */
    stop: () => {
      clearInterval(ticking);
      listening.stop();
      hearing.stop();
    },
  };
}
