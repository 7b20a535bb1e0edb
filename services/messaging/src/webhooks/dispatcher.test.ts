import { describe, expect, it } from '@jest/globals';
import { waitFor } from '@natter/testkit';
import type { HeldQueue } from '../domain/webhook-queues.ts';
import { MemoryWebhookQueues } from '../storage/memory-webhook-queues.ts';
import { Dispatcher, type DispatcherOptions } from './dispatcher.ts';

const now = new Date('2026-11-25T07:00:00Z');

/** A dispatcher of two webhooks, whose deliveries end when they are told to. */
async function openDispatcher(over: Partial<DispatcherOptions> = {}) {
  const queues = new MemoryWebhookQueues();
  const underWay: { queue: HeldQueue; end: () => void }[] = [];
  const failures: unknown[] = [];
  const dispatcher = new Dispatcher({
    queues,
    listWebhooks: async () => [{ id: 'hangs' }, { id: 'other' }],
    deliver: async (queue, { breakingOff }) => {
      const ended = Promise.withResolvers<void>();
      underWay.push({ queue, end: ended.resolve });
      breakingOff.addEventListener('abort', () => ended.resolve());
      await ended.promise;
    },
    now: () => now,
    onFailure: (error) => failures.push(error),
    ...over,
  });
  const makeDue = async (webhookId: string, count: number) => {
    for (let n = 0; n < count; n += 1) await queues.startFrom(webhookId, `c${n}`, 1, now);
  };
  const of = (webhookId: string) => underWay.filter(({ queue }) => queue.webhookId === webhookId);
  return { dispatcher, failures, makeDue, of };
}

describe('the dispatcher of webhooks', () => {
  it('gives a webhook whose receiver hangs eight deliveries, and lets the others have theirs', async () => {
    const { dispatcher, makeDue, of } = await openDispatcher();
    await makeDue('hangs', 20);
    await dispatcher.takeDue();
    await makeDue('other', 2);
    await dispatcher.takeDue();
    expect([of('hangs').length, of('other').length]).toEqual([8, 2]);
    for (const { end } of of('hangs')) end();
  });

  it('takes more when there is room again, and when it is woken', async () => {
    const { dispatcher, makeDue, of } = await openDispatcher();
    await makeDue('hangs', 9);
    dispatcher.start();
    await waitFor(() => of('hangs').length === 8, { what: 'eight deliveries' });
    of('hangs')[0]?.end();
    await waitFor(() => of('hangs').length === 9, { what: 'the ninth' });
    await makeDue('other', 1);
    dispatcher.wake();
    await waitFor(() => of('other').length === 1, { what: 'what was woken for' });
    for (const { end } of [...of('hangs'), ...of('other')]) end();
    await dispatcher.stop();
  });

  it('waits for what is under way when it stops, and then breaks it off', async () => {
    const { dispatcher, makeDue, of } = await openDispatcher();
    await makeDue('hangs', 1);
    dispatcher.start();
    await waitFor(() => of('hangs').length === 1, { what: 'a delivery' });
    await dispatcher.stop();
    await makeDue('other', 1);
    expect(of('other')).toEqual([]);
  });

  it('tells of failures, and goes on', async () => {
    let asked = 0;
    const listWebhooks = async () => {
      asked += 1;
      if (asked === 1) throw new Error('no database');
      return [{ id: 'other' }];
    };
    const broken = new Error('no log');
    const { dispatcher, failures, makeDue } = await openDispatcher({
      listWebhooks,
      deliver: () => Promise.reject(broken),
    });
    await makeDue('other', 1);
    dispatcher.start();
    await waitFor(() => failures.includes(broken), { what: 'a delivery' });
    expect(failures).toEqual([new Error('no database'), broken]);
    await dispatcher.stop();
  });
});
