import { describe, expect, it } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import type { Webhook, Webhooks } from '../src/domain/webhook.ts';
import type { WebhookDeadLetters } from '../src/domain/webhook-dead-letters.ts';
import type { HeldQueue, WebhookQueues } from '../src/domain/webhook-queues.ts';

export interface WebhookStores {
  webhooks: Webhooks;
  queues: WebhookQueues;
  deadLetters: WebhookDeadLetters;
}

const start = new Date('2026-11-25T07:00:00.000Z');

const after = (seconds: number) => new Date(start.getTime() + seconds * 1_000);

const failing = { since: after(1), attempts: 2, reason: 'answered 503' };

const webhookOf = (over: Partial<Webhook> = {}): Webhook => ({
  id: uuidv7(),
  url: 'https://example.com/hook',
  secret: 'whsec_secret',
  conversationId: null,
  created: start,
  ...over,
});

/** What the stores of webhooks owe. */
export function describeWebhookStores(name: string, open: () => WebhookStores): void {
  const held = async (id: string, seconds: number, limit = 9): Promise<HeldQueue[]> =>
    await open().queues.hold(id, { now: after(seconds), until: after(seconds + 30), limit });
  const takeOne = async (id: string, seconds: number) => (await held(id, seconds))[0] as HeldQueue;

  describe(`the webhooks ${name}`, () => {
    it('are kept as they are, and given the oldest first', async () => {
      const { webhooks } = open();
      const added = [webhookOf(), webhookOf({ conversationId: 'c1' })];
      for (const webhook of added.toReversed()) await webhooks.add(webhook);
      expect(await webhooks.list()).toEqual(added);
      for (const { id } of added) expect(await webhooks.remove(id)).toBe(true);
      expect(await webhooks.remove(added[0]?.id as string)).toBe(false);
      expect(await webhooks.list()).toEqual([]);
    });
  });

  describe(`the queues of webhooks ${name}`, () => {
    it('are made by what is announced, without a place to begin', async () => {
      const id = uuidv7();
      await open().queues.announce([id], 'c1', 7, start);
      await open().queues.announce([id], 'c1', 6, start);
      expect(await takeOne(id, 0)).toMatchObject({ webhookId: id, conversationId: 'c1', announced: 7 });
      expect(await held(id, 29)).toEqual([]);
    });

    it('are made once by many who announce at once', async () => {
      const id = uuidv7();
      const revs = Array.from({ length: 20 }, (_, index) => index + 1);
      await Promise.all(revs.map((rev) => open().queues.announce([id, 'other'], 'c1', rev, start)));
      expect(await held(id, 0)).toMatchObject([{ announced: 20 }]);
    });

    it('are each in one hand, for a time', async () => {
      const id = uuidv7();
      for (const conversation of ['c1', 'c2', 'c3'])
        await open().queues.announce([id], conversation, 1, start);
      const takers = await Promise.all([held(id, 0), held(id, 0), held(id, 0)]);
      const taken = takers.flat().map(({ conversationId }) => conversationId);
      expect(taken.toSorted()).toEqual(['c1', 'c2', 'c3']);
      expect(await held(id, 29)).toEqual([]);
      expect(await held(id, 30)).toHaveLength(3);
    });

    it('are taken by whoever has waited the longest first', async () => {
      const id = uuidv7();
      await open().queues.startFrom(id, 'late', 1, after(2));
      await open().queues.startFrom(id, 'early', 1, after(1));
      expect(await held(id, 0)).toEqual([]);
      expect(await held(id, 9, 1)).toMatchObject([{ conversationId: 'early', next: 1 }]);
    });

    it('say where they stand, and are held on', async () => {
      const id = uuidv7();
      await open().queues.startFrom(id, 'c1', 1, start);
      const queue = await takeOne(id, 0);
      const advanced = await open().queues.advance(queue, { next: 2, failing, until: after(50) });
      expect(advanced).toEqual({ ...queue, next: 2, failing });
      expect(await held(id, 49)).toEqual([]);
      expect(await takeOne(id, 50)).toMatchObject({ next: 2, failing });
    });

    it('are due again when they were put off until', async () => {
      const id = uuidv7();
      await open().queues.startFrom(id, 'c1', 3, start);
      await open().queues.putOff(await takeOne(id, 0), after(5), failing);
      await open().queues.announce([id], 'c1', 4, start);
      expect(await held(id, 4)).toEqual([]);
      const again = await takeOne(id, 5);
      expect(again).toMatchObject({ next: 3, failing });
      await open().queues.putOff(again, after(6), undefined);
      expect(await takeOne(id, 6)).toMatchObject({ next: 3, failing: undefined });
    });

    it('rest until something is announced that they have not delivered', async () => {
      const id = uuidv7();
      await open().queues.announce([id], 'c1', 1, start);
      expect(await open().queues.rest({ ...(await takeOne(id, 0)), next: 5 })).toBeUndefined();
      await open().queues.announce([id], 'c1', 4, start);
      expect(await held(id, 99)).toEqual([]);
      await open().queues.announce([id], 'c1', 5, start);
      expect(await held(id, 0)).toMatchObject([{ next: 5 }]);
    });

    it('do not rest where something was announced while they were held', async () => {
      const id = uuidv7();
      await open().queues.startFrom(id, 'c1', 1, start);
      const queue = await takeOne(id, 0);
      await open().queues.announce([id], 'c1', 1, start);
      const awake = await open().queues.rest(queue);
      expect(awake).toEqual({ ...queue, announced: 1 });
      expect(await open().queues.rest(awake as HeldQueue)).toBeUndefined();
      expect(await held(id, 99)).toEqual([]);
    });

    it('change no more for whoever lost them', async () => {
      const id = uuidv7();
      await open().queues.startFrom(id, 'c1', 1, start);
      const lost = await takeOne(id, 0);
      const { hold: _, ...now } = await takeOne(id, 30);
      expect(await open().queues.advance(lost, { next: 9, failing, until: after(99) })).toBeUndefined();
      expect(await open().queues.rest({ ...lost, next: 9 })).toBeUndefined();
      await open().queues.putOff(lost, after(31), failing);
      expect(await held(id, 59)).toEqual([]);
      expect(await takeOne(id, 60)).toMatchObject(now);
    });

    it('begin where they are told to, whoever has them', async () => {
      const id = uuidv7();
      await open().queues.startFrom(id, 'c1', 9, start);
      const lost = await takeOne(id, 0);
      await open().queues.startFrom(id, 'c1', 2, after(1));
      expect(await open().queues.advance(lost, { next: 10, failing, until: after(99) })).toBeUndefined();
      expect(await takeOne(id, 1)).toMatchObject({ next: 2, failing: undefined });
    });

    it('are counted, and removed with their webhook', async () => {
      const [id, other] = [uuidv7(), uuidv7()];
      for (const conversation of ['c1', 'c2', 'c3', 'c4'])
        await open().queues.startFrom(id, conversation, 1, start);
      await open().queues.startFrom(other, 'c1', 1, start);
      const [one, two, three] = (await held(id, 0, 3)) as [HeldQueue, HeldQueue, HeldQueue];
      await open().queues.putOff(one, after(99), { ...failing, since: after(2) });
      await open().queues.putOff(two, after(99), failing);
      await open().queues.rest(three);
      expect(await open().queues.summarize(id)).toEqual({ waiting: 3, failing: 2, longest: failing });
      await open().queues.removeOf(id);
      expect(await open().queues.summarize(id)).toEqual({ waiting: 0, failing: 0, longest: undefined });
      expect(await held(other, 99)).toHaveLength(1);
    });
  });

  describe(`the dead letters of webhooks ${name}`, () => {
    it('are kept once, listed in pages, and forgotten from a rev on', async () => {
      const [id, other] = [uuidv7(), uuidv7()];
      const letterOf = (conversationId: string, rev: number, webhookId = id) => ({
        webhookId,
        conversationId,
        rev,
        type: 'message.sent',
        at: start,
        reason: 'ECONNREFUSED',
      });
      const letters = [letterOf('c1', 2), letterOf('c1', 10), letterOf('c2', 1), letterOf('c2', 3)];
      for (const letter of letters.toReversed()) await open().deadLetters.keep(letter);
      await open().deadLetters.keep({ ...letterOf('c1', 2), reason: 'again' });
      await open().deadLetters.keep(letterOf('c1', 2, other));
      expect(await open().deadLetters.count(id)).toBe(4);
      expect(await open().deadLetters.list(id, 2)).toEqual(letters.slice(0, 2));
      expect(await open().deadLetters.list(id, 9, { conversationId: 'c1', rev: 2 })).toEqual(
        letters.slice(1),
      );
      await open().deadLetters.removeFrom(id, 'c1', 10);
      expect(await open().deadLetters.list(id, 9)).toEqual(letters.filter(({ rev }) => rev !== 10));
      await open().deadLetters.removeOf(id);
      expect([await open().deadLetters.count(id), await open().deadLetters.count(other)]).toEqual([0, 1]);
    });
  });
}
