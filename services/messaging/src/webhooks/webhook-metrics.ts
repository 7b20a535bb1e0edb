import { Counter, type Metrics } from '@natter/platform';

const outcomes = ['delivered', 'refused', 'unreachable', 'forbidden', 'broken-off', 'dead-letter'] as const;

export type DeliveryOutcome = (typeof outcomes)[number];

/** What webhooks measure: attempts by how they ended, and entries that were given up. */
export function createWebhookMetrics(metrics: Metrics) {
  const deliveries = new Counter({
    name: 'natter_webhook_deliveries_total',
    help: 'Attempts to deliver an entry to a webhook, by how they ended, and entries that were given up',
    labelNames: ['outcome'],
    registers: [metrics],
  });
  // Prometheus sees no increase in what begins with 1.
  for (const outcome of outcomes) deliveries.inc({ outcome }, 0);
  return { count: (outcome: DeliveryOutcome) => deliveries.inc({ outcome }) };
}
