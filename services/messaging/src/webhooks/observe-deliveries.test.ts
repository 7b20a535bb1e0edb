import { expect, test } from '@jest/globals';
import { createMetrics } from '@natter/platform';
import type { HeldQueue } from '../domain/webhook-queues.ts';
import { observeDeliveries } from './observe-deliveries.ts';
import { createWebhookMetrics } from './webhook-metrics.ts';

const queue: HeldQueue = {
  webhookId: 'w1',
  conversationId: 'c1',
  next: 7,
  announced: 7,
  failing: undefined,
  hold: 'h',
};

const failing = { ...queue, failing: { since: new Date(), attempts: 1, reason: 'answered 500' } };

test('every attempt is counted, and the log has what changes', async () => {
  const lines: [object, string][] = [];
  const log = (...line: [object, string]) => void lines.push(line);
  const metrics = createMetrics({ name: 'test', version: '1' });
  const observe = observeDeliveries(createWebhookMetrics(metrics), { info: log, warn: log });
  observe('delivered', queue);
  observe('refused', queue, 'answered 500');
  observe('unreachable', failing, 'ECONNREFUSED');
  observe('delivered', failing);
  observe('dead-letter', failing, 'answered 500');
  const about = { webhookId: 'w1', conversationId: 'c1', rev: 7 };
  expect(lines).toEqual([
    [{ ...about, reason: 'answered 500' }, expect.stringContaining('does not take an entry')],
    [about, expect.stringContaining('takes entries again')],
    [{ ...about, reason: 'answered 500' }, expect.stringContaining('for a day')],
  ]);
  const text = await metrics.metrics();
  const counts = [...text.matchAll(/deliveries_total\{outcome="([\w-]+)"\} (\d)/g)];
  expect(counts.map(([, outcome, count]) => `${outcome} ${count}`)).toEqual([
    'delivered 2',
    'refused 1',
    'unreachable 1',
    'forbidden 0',
    'broken-off 0',
    'dead-letter 1',
  ]);
});
