import { describe, expect, it } from '@jest/globals';
import type { Entry } from '../domain/entry.ts';
import { delivered, openDeliveries, refused, webhook } from './_deliveries.ts';
import type { Attempt } from './attempt.ts';
import { holdMs } from './courier.ts';

const hourMs = 3_600_000;

const textsOf = (entries: readonly Entry[]) =>
  entries.map(({ data }) => ('content' in data ? data.content : undefined));

describe('a courier', () => {
  it('delivers each entry once, in order, and rests until more is announced', async () => {
    const deliveries = await openDeliveries();
    await deliveries.append(3);
    await deliveries.takeDue();
    deliveries.wait(hourMs);
    await deliveries.takeDue();
    expect(deliveries.revs()).toEqual([1, 2, 3]);
    await deliveries.append(2);
    await deliveries.takeDue();
    expect(deliveries.revs()).toEqual([1, 2, 3, 4, 5]);
    expect(await deliveries.queues.summarize(webhook.id)).toEqual({ waiting: 0, failing: 0 });
  });

  it('waits longer each time for a receiver that does not take an entry, and what is behind it waits too', async () => {
    const times: number[] = [];
    const deliveries = await openDeliveries(() => {
      times.push((deliveries.now().getTime() - webhook.created.getTime()) / 1_000);
      return times.length < 5 ? refused : delivered;
    });
    await deliveries.append(2);
    await deliveries.takeFor(hourMs);
    expect(deliveries.revs()).toEqual([1, 1, 1, 1, 1, 2]);
    expect(times).toEqual([0, 5, 20, 65, 200, 200]);
  });

  it('begins with the shortest wait again after an entry was taken', async () => {
    const answers = [refused, refused, refused, delivered, refused];
    const deliveries = await openDeliveries(() => answers.shift() ?? delivered);
    await deliveries.append(2);
    await deliveries.takeFor(70_000);
    expect(deliveries.revs()).toEqual([1, 1, 1, 1, 2]);
    deliveries.wait(4_900);
    await deliveries.takeDue();
    expect(deliveries.revs()).toEqual([1, 1, 1, 1, 2, 2]);
  });

  it('waits as long as the receiver asks for', async () => {
    const answers: Attempt[] = [{ ...refused, retryAfterMs: 120_000 } as Attempt];
    const deliveries = await openDeliveries(() => answers.shift() ?? delivered);
    await deliveries.append(1);
    await deliveries.takeDue();
    deliveries.wait(119_000);
    await deliveries.takeDue();
    expect(deliveries.revs()).toEqual([1]);
    deliveries.wait(1_000);
    await deliveries.takeDue();
    expect(deliveries.revs()).toEqual([1, 1]);
  });

  it('gives an entry up after a day, and goes on with the next', async () => {
    const deliveries = await openDeliveries(({ rev }) => (rev === 2 ? refused : delivered));
    await deliveries.append(3);
    await deliveries.takeFor(24 * hourMs);
    expect(await deliveries.deadLetters.count(webhook.id)).toBe(0);
    await deliveries.takeFor(hourMs);
    expect(await deliveries.deadLetters.list(webhook.id, 9)).toMatchObject([
      { conversationId: 'c1', rev: 2, type: 'message.sent', reason: 'answered 503' },
    ]);
    const tried = deliveries.revs().filter((rev) => rev === 2).length;
    expect(tried).toBeGreaterThan(24);
    expect(deliveries.revs()).toEqual([1, ...Array(tried).fill(2), 3]);
    expect(deliveries.outcomes.slice(-2)).toEqual(['dead-letter', 'delivered']);
  });

  it('counts the day of an entry from its own time, and tries it six times at least', async () => {
    let down = true;
    const deliveries = await openDeliveries(() => (down ? refused : delivered));
    await deliveries.append(1);
    await deliveries.takeFor(60_000);
    await deliveries.append(1);
    await deliveries.takeFor(23.9 * hourMs);
    await deliveries.append(1);
    await deliveries.takeFor(2 * hourMs);
    const given = async () => (await deliveries.deadLetters.list(webhook.id, 9)).map(({ rev }) => rev);
    expect(await given()).toEqual([1, 2]);
    expect(deliveries.revs().filter((rev) => rev === 2)).toHaveLength(6);
    await deliveries.takeFor(20 * hourMs);
    down = false;
    await deliveries.takeFor(2 * hourMs);
    expect(await given()).toEqual([1, 2]);
    expect(deliveries.revs().at(-1)).toBe(3);
  });

  it('delivers again from a rev on', async () => {
    const deliveries = await openDeliveries();
    await deliveries.append(4);
    await deliveries.takeDue();
    await deliveries.queues.startFrom(webhook.id, 'c1', 3, deliveries.now());
    await deliveries.takeDue();
    expect(deliveries.revs()).toEqual([1, 2, 3, 4, 3, 4]);
  });

  it('never delivers a text after its deletion', async () => {
    let down = true;
    const deliveries = await openDeliveries(() => (down ? refused : delivered));
    await deliveries.append(3);
    await deliveries.takeDue();
    await deliveries.log.redact('c1', 1);
    await deliveries.log.redact('c1', 3);
    down = false;
    deliveries.wait(hourMs);
    await deliveries.takeDue();
    expect(textsOf(deliveries.came)).toEqual(['text 1', '', 'text 2', '']);
  });

  it('reads an entry when it is its turn, not before', async () => {
    const deliveries = await openDeliveries(async ({ rev }) => {
      if (rev === 1) await deliveries.log.redact('c1', 2);
      return delivered;
    });
    await deliveries.append(2);
    await deliveries.takeDue();
    expect(textsOf(deliveries.came)).toEqual(['text 1', '']);
  });

  it('leaves what it holds to others when it dies, and not before its time is over', async () => {
    const deliveries = await openDeliveries(({ rev }) => {
      if (rev === 2 && deliveries.came.length === 2) throw new Error('killed');
      return delivered;
    });
    await deliveries.append(3);
    await expect(deliveries.takeDue()).rejects.toThrow('killed');
    deliveries.wait(holdMs - 1);
    await deliveries.takeDue();
    expect(deliveries.revs()).toEqual([1, 2]);
    deliveries.wait(1);
    await deliveries.takeDue();
    expect(deliveries.revs()).toEqual([1, 2, 2, 3]);
  });

  it('changes nothing any more when it stood still for too long and another has gone on', async () => {
    const other: number[] = [];
    const deliveries = await openDeliveries(async () => {
      deliveries.wait(holdMs);
      await deliveries.takeDue({
        attempt: async (_, entry) => {
          other.push(entry.rev);
          return delivered;
        },
      });
      return refused;
    });
    await deliveries.append(2);
    await deliveries.takeDue();
    expect([deliveries.revs(), other]).toEqual([[1], [1, 2]]);
    deliveries.wait(hourMs);
    expect(await deliveries.hold()).toEqual([]);
  });

  it('puts a delivery that it breaks off back at once, and does not count it', async () => {
    const deliveries = await openDeliveries(() => ({ outcome: 'broken-off' }));
    await deliveries.append(1);
    await deliveries.takeDue();
    expect(await deliveries.hold()).toMatchObject([{ next: 1, failing: undefined }]);
  });

  it('begins nothing more when it is to stop', async () => {
    const stopping = new AbortController();
    const deliveries = await openDeliveries(() => {
      stopping.abort();
      return delivered;
    });
    await deliveries.append(2);
    await deliveries.takeDue({}, { stopping: stopping.signal, breakingOff: new AbortController().signal });
    expect(deliveries.revs()).toEqual([1]);
    expect(await deliveries.hold()).toMatchObject([{ next: 2 }]);
  });

  it('lets others have their turn after a hundred entries', async () => {
    const deliveries = await openDeliveries();
    await deliveries.append(150);
    await deliveries.takeDue();
    expect(deliveries.revs()).toHaveLength(100);
    await deliveries.takeDue();
    expect(deliveries.revs()).toEqual(Array.from({ length: 150 }, (_, index) => index + 1));
  });

  it('begins a conversation that it has not met where the webhook was added', async () => {
    const deliveries = await openDeliveries();
    await deliveries.append(3);
    await deliveries.queues.removeOf(webhook.id);
    const created = new Date(deliveries.now().getTime() + hourMs);
    deliveries.wait(2 * hourMs);
    await deliveries.append(2);
    await deliveries.takeDue({ findWebhook: async () => ({ ...webhook, conversationId: null, created }) });
    expect(deliveries.revs()).toEqual([4, 5]);
  });
});
