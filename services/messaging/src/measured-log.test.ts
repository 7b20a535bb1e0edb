import { describe, expect, it } from '@jest/globals';
import { NatterError } from '@natter/contracts';
import { createMetrics, type Metrics } from '@natter/platform';
import { created, sent } from '../tests/_entries.ts';
import type { ConversationLog } from './domain/conversation-log.ts';
import { withFaults } from './log/_fixtures.ts';
import { measuredLog } from './measured-log.ts';
import { createMessagingMetrics } from './messaging-metrics.ts';
import { MemoryConversationLog } from './storage/memory-conversation-log.ts';

function measured(faults: Partial<ConversationLog> = {}) {
  const metrics = createMetrics({ name: 'test', version: '0.0.0' });
  const log = measuredLog(withFaults(new MemoryConversationLog(), faults), createMessagingMetrics(metrics));
  return { log, read: (name: string) => samplesOf(metrics, name) };
}

/** The samples of a metric by their labels, without the buckets of a histogram. */
async function samplesOf(metrics: Metrics, name: string): Promise<Record<string, number>> {
  const text = await metrics.getSingleMetricAsString(name);
  const samples = text.matchAll(/^(\w+(?:\{.*\})?) ([\d.e+-]+)$/gm);
  return Object.fromEntries(
    [...samples].filter(([, key]) => !key?.includes('_bucket')).map(([, key, value]) => [key, Number(value)]),
  );
}

describe('measuredLog', () => {
  it('counts the inserts and what went out in them', async () => {
    const { log, read } = measured();
    expect(await log.append([created('c1'), sent('c1', 2)])).toBe(2);
    expect(await read('natter_append_entries')).toMatchObject({
      natter_append_entries_sum: 2,
      natter_append_entries_count: 1,
    });
    expect(await read('natter_append_duration_seconds')).toMatchObject({
      'natter_append_duration_seconds_count{outcome="ok"}': 1,
    });
    expect(await read('natter_append_conflicts_total')).toEqual({ natter_append_conflicts_total: 0 });
  });

  it('counts an insert that stops at a number that is taken', async () => {
    const { log, read } = measured();
    await log.append([created('c1')]);
    expect(await log.append([created('c1')])).toBe(0);
    expect(await read('natter_append_conflicts_total')).toEqual({ natter_append_conflicts_total: 1 });
  });

  it('counts an insert that fails, and hides nothing of it', async () => {
    const lost = new NatterError('outcome_unknown');
    const { log, read } = measured({ append: () => Promise.reject(lost) });
    await expect(log.append([created('c1')])).rejects.toBe(lost);
    expect(await read('natter_append_duration_seconds')).toMatchObject({
      'natter_append_duration_seconds_count{outcome="failed"}': 1,
    });
  });

  it('tells the age of the oldest entry that carries its mark, and none once all are published', async () => {
    const { log, read } = measured();
    const entries = [
      { ...created('c1'), at: new Date(Date.now() - 60_000) },
      { ...created('c2'), at: new Date(Date.now() - 3_600_000) },
    ];
    await log.append(entries);
    await log.readMarked(10);
    const lag = await read('natter_relay_lag_seconds');
    expect(lag['natter_relay_lag_seconds']).toBeGreaterThanOrEqual(3_600);
    await log.unmark(entries);
    await log.readMarked(10);
    expect(await read('natter_relay_lag_seconds')).toEqual({ natter_relay_lag_seconds: 0 });
  });
});
