import type { Bus } from '@natter/bus';
import type { Lifecycle } from '@natter/platform';
import type { EndedSessions } from '../auth/ended-sessions.ts';
import type { GatewayConfig } from '../config.ts';
import { Cursors } from '../realtime/cursors.ts';
import type { LiveEvents } from '../realtime/live-events.ts';
import type { Presence } from '../realtime/presence/presence.ts';
import { startLiveEvents } from '../realtime/start-live-events.ts';

export interface LiveNeeds {
  bus: Bus;
  endedSessions: EndedSessions;
  settings: Pick<GatewayConfig, 'MAX_STREAMS_PER_USER' | 'PRESENCE'>;
}

export interface GatewayLive {
  cursors: Cursors;
  /** `stop` ends all streams. */
  live: LiveEvents & { stop(): void };
  /** Undefined where it is switched off. */
  presence: Presence | undefined;
}

/** Tells clients what happens as it does. */
export async function startLive(lifecycle: Lifecycle, needs: LiveNeeds): Promise<GatewayLive> {
  const { bus, endedSessions, settings } = needs;
  const cursors = new Cursors(bus);
  const { live, presence, stop } = await startLiveEvents({
    bus,
    cursors,
    endedSessions,
    maxStreams: settings.MAX_STREAMS_PER_USER,
    presence: settings.PRESENCE === 'on',
    metrics: lifecycle.metrics,
    logger: lifecycle.owner.logger,
  });
  lifecycle.onStop('live events', stop);
  return { cursors, live, presence };
}
