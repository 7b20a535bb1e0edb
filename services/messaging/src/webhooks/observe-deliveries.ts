import type { HeldQueue } from '../domain/webhook-queues.ts';
import type { CourierOptions } from './courier.ts';
import type { createWebhookMetrics } from './webhook-metrics.ts';

export interface DeliveryLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** Counts every attempt; the log has when a receiver begins not to take what it gets, and what is given up. */
export function observeDeliveries(
  metrics: ReturnType<typeof createWebhookMetrics>,
  logger: DeliveryLogger,
): CourierOptions['observe'] {
  return (outcome, queue, reason) => {
    metrics.count(outcome);
    const about = { ...aboutOf(queue), reason };
    if (outcome === 'dead-letter') logger.warn(about, 'a webhook’s receiver did not take an entry for a day');
    else if (outcome === 'delivered' && queue.failing)
      logger.info(aboutOf(queue), 'a webhook’s receiver takes entries again');
    else if (reason !== undefined && queue.failing === undefined)
      logger.warn(about, 'a webhook’s receiver does not take an entry; trying on for a day');
  };
}

function aboutOf({ webhookId, conversationId, next }: HeldQueue): object {
  return { webhookId, conversationId, rev: next };
}
