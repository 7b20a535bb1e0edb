import { setTimeout } from 'node:timers/promises';
import type { Entry as EntryDto } from '@natter/contracts';
import type { Logger, Metrics } from '@natter/platform';
import type { MessagingConfig } from './config.ts';
import type { ConversationLog } from './domain/conversation-log.ts';
import type { Entry } from './domain/entry.ts';
import type { Projections } from './domain/projections.ts';
import type { UserDirectory } from './domain/user-directory.ts';
import type { Webhooks } from './domain/webhook.ts';
import type { WebhookDeadLetters } from './domain/webhook-dead-letters.ts';
import type { WebhookQueues } from './domain/webhook-queues.ts';
import { createWebhookHandlers } from './handlers/create-webhook-handlers.ts';
import { viewEntries } from './handlers/entry-view.ts';
import { Batcher } from './log/batcher.ts';
import { AddressPolicy } from './webhooks/address-policy.ts';
import { announceEntries } from './webhooks/announce-entries.ts';
import { attemptDelivery } from './webhooks/attempt-delivery.ts';
import { Courier } from './webhooks/courier.ts';
import { Dispatcher } from './webhooks/dispatcher.ts';
import { KnownWebhooks, knownEverywhereMs } from './webhooks/known-webhooks.ts';
import { observeDeliveries } from './webhooks/observe-deliveries.ts';
import { WebhookClient } from './webhooks/webhook-client.ts';
import { createWebhookMetrics } from './webhooks/webhook-metrics.ts';
import { parseAllowPrivate } from './webhooks/webhook-settings.ts';

/** Entries that are announced together, each conversation once. */
const announcedAtOnce = 256;

export interface ComposeWebhooksOptions {
  stores: { webhooks: Webhooks; queues: WebhookQueues; deadLetters: WebhookDeadLetters };
  log: ConversationLog;
  projections: Projections;
  directory: UserDirectory;
  config: Pick<MessagingConfig, 'NODE_ENV' | 'WEBHOOK_ALLOW_PRIVATE'>;
  version: string;
  logger: Logger;
  metrics: Metrics;
}

/** Webhooks, put together: they begin to deliver at once. */
export function composeWebhooks(options: ComposeWebhooksOptions) {
  const { stores, config, logger, projections } = options;
  const policy = new AddressPolicy({
    allowPrivate: parseAllowPrivate(config.WEBHOOK_ALLOW_PRIVATE),
    requireTls: config.NODE_ENV === 'production',
  });
  const client = new WebhookClient(policy);
  const known = new KnownWebhooks({ webhooks: stores.webhooks, clock: () => performance.now() });
  const courier = courierOf(options, client, known);
  const dispatcher = new Dispatcher({
    listWebhooks: () => known.list(),
    queues: stores.queues,
    deliver: (queue, stop) => courier.deliver(queue, stop),
    now,
    onFailure: (error) => logger.warn({ err: error }, 'could not look after webhooks; trying on'),
  });
  dispatcher.start();
  const wake = () => dispatcher.wake();
  const announcements = new Batcher(
    announceEntries({ known, queues: stores.queues, now, wake }),
    announcedAtOnce,
  );
  return {
    /** To be told of every entry that was appended; resolves when the queues know of it. */
    announce: (entry: Entry) => announcements.add(entry),
    handlers: createWebhookHandlers({ ...stores, projections, client, knownEverywhere, wake }),
    stop: async () => {
      await dispatcher.stop();
      client.close();
    },
  };
}

const now = () => new Date();

const knownEverywhere = () => setTimeout(knownEverywhereMs);

function courierOf(
  { stores, log, directory, version, logger, metrics }: ComposeWebhooksOptions,
  client: WebhookClient,
  known: KnownWebhooks,
): Courier {
  const view = async (entry: Entry) => (await viewEntries(directory, [entry]))[0] as EntryDto;
  return new Courier({
    log,
    queues: stores.queues,
    deadLetters: stores.deadLetters,
    findWebhook: (id) => known.find(id),
    attempt: attemptDelivery({ client, view, now, userAgent: `natter/${version}` }),
    observe: observeDeliveries(createWebhookMetrics(metrics), logger),
    now,
    random: () => Math.random(),
  });
}
