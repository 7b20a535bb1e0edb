import { expect, it } from '@jest/globals';
import type { Webhook } from '../domain/webhook.ts';
import { announceEntries } from './announce-entries.ts';

const webhook = (id: string, conversationId: string | null): Webhook => ({
  id,
  url: 'https://example.com/',
  secret: 's',
  conversationId,
  created: new Date(0),
});

it('announces each conversation once, as far as it goes, to the webhooks that it concerns', async () => {
  const announced: unknown[] = [];
  let woken = 0;
  const announce = announceEntries({
    known: { list: async () => [webhook('all', null), webhook('one', 'a'), webhook('other', 'c')] },
    queues: { announce: async (...place) => void announced.push(place) },
    now: () => new Date(0),
    wake: () => {
      woken += 1;
    },
  });
  const entries = ['a1', 'b7', 'a3', 'a2'].map((name) => ({
    conversationId: String(name[0]),
    rev: Number(name[1]),
  }));
  expect(await announce(entries)).toBe(entries);
  expect(announced).toEqual([
    [['all', 'one'], 'a', 3, new Date(0)],
    [['all'], 'b', 7, new Date(0)],
  ]);
  expect(woken).toBe(2);
});
