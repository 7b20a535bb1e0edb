import type { Bus } from '@natter/bus';
import { type Lifecycle, repeat } from '@natter/platform';
import type { EndAllSessions } from '../domain/end-all-sessions.ts';
import type { Storage } from '../domain/storage.ts';
import { publishProfile } from '../events/publish-profile.ts';
import { Relay } from '../events/relay.ts';
import { Sweeper } from '../events/sweeper.ts';
import { measuredOutbox } from '../measured-outbox.ts';

const sweepEveryMs = 2_000;

export interface RelayNeeds {
  bus: Bus;
  storage: Pick<Storage, 'accounts' | 'outbox'>;
  endAll: EndAllSessions;
}

/** Tells of every change of a user, which a sweeper sees to. */
export function startRelay(lifecycle: Lifecycle, { bus, storage, endAll }: RelayNeeds): Relay {
  const { logger } = lifecycle.owner;
  const outbox = measuredOutbox(storage.outbox, lifecycle.metrics);
  const relay = new Relay({
    outbox,
    publish: (profile) => publishProfile(bus, profile),
    onFailure: (error, { id }) =>
      logger.warn({ err: error, userId: id }, 'could not publish a user; the sweeper will'),
  });
  lifecycle.onStop('events being published', () => relay.idle());
  const sweeper = new Sweeper({
    outbox,
    // Who left the mark may not have come to ending the sessions.
    send: async (profile) => {
      const account = await storage.accounts.findById(profile.id);
      if (account) await endAll(account, new Date());
      await relay.send(profile);
    },
  });
  const sweeping = repeat(() => sweeper.sweep(), {
    everyMs: sweepEveryMs,
    onFailure: (error) => logger.warn({ err: error }, 'could not sweep; trying on'),
  });
  lifecycle.onStop('the sweeper', () => sweeping.stop());
  return relay;
}
