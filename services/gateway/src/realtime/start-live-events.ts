import type { Bus } from '@natter/bus';
import { credentialsChanged, headsReported } from '@natter/contracts';
import { type Logger, type Metrics, repeat } from '@natter/platform';
import type { EndedSessions } from '../auth/ended-sessions.ts';
import { BusHearing } from './bus-hearing.ts';
import { createBusReads } from './bus-reads.ts';
import type { Cursors } from './cursors.ts';
import type { LiveEvents } from './live-events.ts';
import { LiveFeeds } from './live-feeds.ts';
import { createPresence } from './presence/create-presence.ts';
import type { Presence } from './presence/presence.ts';
import { withPresence } from './presence/with-presence.ts';
import { createStreamMetrics } from './stream-metrics.ts';

const tickMs = 1_000;

export interface LiveEventsOptions {
  bus: Bus;
  cursors: Cursors;
  endedSessions: EndedSessions;
  /** Of one user, here. */
  maxStreams: number;
  /** Whether it is told who is there. */
  presence: boolean;
  metrics: Metrics;
  logger: Logger;
}

/** Of what is told beside what `BusHearing` hears, which hears of the same gaps. */
const onGap = () => undefined;

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
  const listening = await Promise.all([
    bus.listen(credentialsChanged, { handle: ({ userId }) => feeds.credentialsChanged(userId), onGap }),
    bus.listen(headsReported, { handle: (report) => feeds.reported(report), onGap }),
  ]);
  const ticking = setInterval(() => feeds.tick(), tickMs);
  const presence = options.presence ? startPresence(createPresence(bus, feeds, logger), logger) : undefined;
  const streams: LiveEvents = presence ? withPresence(feeds, presence.presence) : feeds;
  return {
    live: { open: streams.open.bind(streams), stop: () => feeds.stop() },
    presence: presence?.presence,
    /** Call it when all streams have ended. */
    stop: async () => {
      clearInterval(ticking);
      for (const one of listening) one.stop();
      hearing.stop();
      await presence?.stop();
    },
  };
}

function startPresence(presence: Presence, logger: Logger) {
  const renewing = setInterval(() => presence.renew(), tickMs);
  const telling = repeat(() => presence.tell(), {
    everyMs: tickMs,
    onFailure: (error) => logger.error({ err: error }, 'could not tell who is there'),
  });
  return {
    presence,
    stop: async () => {
      clearInterval(renewing);
      await Promise.all([telling.stop(), presence.stop()]);
    },
  };
}
