import { setTimeout } from 'node:timers/promises';
import type { Bus, Handler } from '@natter/bus';
import type { Entry as EntryDto } from '@natter/contracts';
import type { Lifecycle } from '@natter/platform';
import type { MessagingConfig } from '../config.ts';
import type { Entry } from '../domain/entry.ts';
import { createWebhookHandlers } from '../handlers/create-webhook-handlers.ts';
import { viewEntries } from '../handlers/entry-view.ts';
import { Batcher } from '../log/batcher.ts';
import type { MongoStorage } from '../storage/mongo-storage.ts';
import { everyoneVisible, ProjectedUserDirectory } from '../users/projected-user-directory.ts';
import { requestProfiles } from '../users/request-profiles.ts';
import { AddressPolicy } from '../webhooks/address-policy.ts';
import { announceEntries } from '../webhooks/announce-entries.ts';
import { attemptDelivery } from '../webhooks/attempt-delivery.ts';
import { Courier } from '../webhooks/courier.ts';
import { Dispatcher } from '../webhooks/dispatcher.ts';
import { KnownWebhooks, knownEverywhereMs } from '../webhooks/known-webhooks.ts';
import { observeDeliveries } from '../webhooks/observe-deliveries.ts';
import { WebhookClient } from '../webhooks/webhook-client.ts';
import { createWebhookMetrics } from '../webhooks/webhook-metrics.ts';
import { parseAllowPrivate } from '../webhooks/webhook-settings.ts';

/** Entries that are announced together, each conversation once. */
const announcedAtOnce = 256;

export interface WebhooksNeeds {
  bus: Bus;
  storage: Pick<MongoStorage, 'webhooks' | 'log' | 'projections' | 'profiles'>;
  settings: Pick<MessagingConfig, 'NODE_ENV' | 'WEBHOOK_ALLOW_PRIVATE'>;
}

interface Webhooks {
  /** To be told of every entry that was appended; resolves when the queues know of it. */
  announce: (entry: Entry) => Promise<unknown>;
  handlers: readonly Handler[];
}

/** Delivers to webhooks, from now on. */
export function startWebhooks(lifecycle: Lifecycle, needs: WebhooksNeeds): Webhooks {
  const { projections, webhooks: stores } = needs.storage;
  const client = new WebhookClient(addressPolicyOf(needs.settings));
  const known = new KnownWebhooks({ webhooks: stores.webhooks, clock: () => performance.now() });
  const courier = createCourier(lifecycle, needs, { client, known });
  const dispatcher = startDispatcher(lifecycle, needs, { known, courier, client });
  const wake = () => dispatcher.wake();
  const announcements = new Batcher(
    announceEntries({ known, queues: stores.queues, now, wake }),
    announcedAtOnce,
  );
  return {
    announce: (entry) => announcements.add(entry),
    handlers: createWebhookHandlers({ ...stores, projections, client, knownEverywhere, wake }),
  };
}

const now = () => new Date();

const knownEverywhere = () => setTimeout(knownEverywhereMs);

function addressPolicyOf(settings: WebhooksNeeds['settings']): AddressPolicy {
  return new AddressPolicy({
    allowPrivate: parseAllowPrivate(settings.WEBHOOK_ALLOW_PRIVATE),
    requireTls: settings.NODE_ENV === 'production',
  });
}

function createCourier(
  { owner, metrics }: Lifecycle,
  { bus, storage }: WebhooksNeeds,
  { client, known }: { client: WebhookClient; known: KnownWebhooks },
): Courier {
  const { log, webhooks: stores } = storage;
  const directory = new ProjectedUserDirectory(storage.profiles, requestProfiles(bus), everyoneVisible);
  const view = async (entry: Entry) => (await viewEntries(directory, [entry]))[0] as EntryDto;
  return new Courier({
    log,
    queues: stores.queues,
    deadLetters: stores.deadLetters,
    findWebhook: (id) => known.find(id),
    attempt: attemptDelivery({ client, view, now, userAgent: `natter/${owner.version}` }),
    observe: observeDeliveries(createWebhookMetrics(metrics), owner.logger),
    now,
    random: () => Math.random(),
  });
}

function startDispatcher(
  lifecycle: Lifecycle,
  { storage }: WebhooksNeeds,
  { known, courier, client }: { known: KnownWebhooks; courier: Courier; client: WebhookClient },
): Dispatcher {
  const { logger } = lifecycle.owner;
  const dispatcher = new Dispatcher({
    listWebhooks: () => known.list(),
    queues: storage.webhooks.queues,
    deliver: (queue, stop) => courier.deliver(queue, stop),
    now,
    onFailure: (error) => logger.warn({ err: error }, 'could not look after webhooks; trying on'),
  });
  dispatcher.start();
  lifecycle.onStop('deliveries to webhooks', async () => {
    await dispatcher.stop();
    client.close();
  });
  return dispatcher;
}
