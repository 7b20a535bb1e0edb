import { describe, expect, it } from '@jest/globals';
import { MemoryWebhooks } from '../storage/memory-webhooks.ts';
import { webhook } from './_deliveries.ts';
import { KnownWebhooks, knownEverywhereMs } from './known-webhooks.ts';

describe('what a process knows of the webhooks', () => {
  it('is asked for twice a second at most, and never older when a change counts as known', async () => {
    const webhooks = new MemoryWebhooks();
    let [time, asked] = [0, 0];
    const list = () => {
      asked += 1;
      return webhooks.list();
    };
    const known = new KnownWebhooks({ webhooks: { list }, clock: () => time });
    expect(await Promise.all([known.list(), known.list()])).toEqual([[], []]);
    await webhooks.add(webhook);
    time += 499;
    expect(await known.find(webhook.id)).toBeUndefined();
    expect(asked).toBe(1);
    time = knownEverywhereMs;
    expect(await known.find(webhook.id)).toEqual(webhook);
  });

  it('counts its age from when it was asked for', async () => {
    const answer = Promise.withResolvers<never[]>();
    const answers = [answer.promise, Promise.resolve([webhook])];
    let time = 0;
    const known = new KnownWebhooks({ webhooks: { list: () => answers.shift()! }, clock: () => time });
    const early = known.list();
    time += 1_000;
    const late = known.list();
    answer.resolve([]);
    expect([await early, await late]).toEqual([[], [webhook]]);
  });

  it('is asked for again at once after it could not be had', async () => {
    const answers = [() => Promise.reject(new Error('no database')), async () => [webhook]];
    const known = new KnownWebhooks({ webhooks: { list: () => answers.shift()!() }, clock: () => 0 });
    await expect(known.list()).rejects.toThrow('no database');
    expect(await known.list()).toEqual([webhook]);
  });
});
