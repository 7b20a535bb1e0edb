import type { Entry } from '../domain/entry.ts';
import type { Webhook } from '../domain/webhook.ts';
import type { HeldQueue } from '../domain/webhook-queues.ts';
import { MemoryConversationLog } from '../storage/memory-conversation-log.ts';
import { MemoryWebhookDeadLetters } from '../storage/memory-webhook-dead-letters.ts';
import { MemoryWebhookQueues } from '../storage/memory-webhook-queues.ts';
import type { Attempt } from './attempt.ts';
import { Courier, type CourierOptions, holdMs } from './courier.ts';

export const webhook: Webhook = {
  id: 'w1',
  url: 'https://example.com/hook',
  secret: 'whsec_',
  conversationId: 'c1',
  created: new Date('2026-11-25T07:00:00Z'),
};

const never = { stopping: new AbortController().signal, breakingOff: new AbortController().signal };

export const refused: Attempt = { outcome: 'refused', reason: 'answered 503' };

export const delivered: Attempt = { outcome: 'delivered' };

/** A log, a queue of it that begins at its first entry, a receiver that answers what it is told to, and a clock. */
export async function openDeliveries(
  receive: (entry: Entry) => Attempt | Promise<Attempt> = () => delivered,
) {
  const log = new MemoryConversationLog();
  const queues = new MemoryWebhookQueues();
  const deadLetters = new MemoryWebhookDeadLetters();
  const came: Entry[] = [];
  const outcomes: string[] = [];
  let now = webhook.created;
  let rev = 0;
  const options: CourierOptions = {
    log,
    queues,
    deadLetters,
    findWebhook: async (id) => (id === webhook.id ? webhook : undefined),
    attempt: async (_, entry) => {
      came.push(entry);
      return await receive(entry);
    },
    observe: (outcome) => void outcomes.push(outcome),
    now: () => now,
    random: () => 0.5,
  };
  const hold = (limit = 9): Promise<HeldQueue[]> =>
    queues.hold(webhook.id, { now, until: new Date(now.getTime() + holdMs), limit });
  const takeDue = async (over: Partial<CourierOptions> = {}, stop = never) => {
    const courier = new Courier({ ...options, ...over });
    for (const queue of await hold()) await courier.deliver(queue, stop);
  };
  await queues.startFrom(webhook.id, 'c1', 1, now);
  return {
    log,
    queues,
    deadLetters,
    /** The entries that were tried, with the texts that they had then. */
    came,
    outcomes,
    revs: () => came.map((entry) => entry.rev),
    now: () => now,
    hold,
    takeDue,
    /** Another process. */
    courier: (over: Partial<CourierOptions> = {}) => new Courier({ ...options, ...over }),
    /** Appends messages, and announces them. */
    append: async (count: number) => {
      for (let n = 0; n < count; n += 1) {
        rev += 1;
        await log.append([sentAt(rev, now)]);
        await queues.announce([webhook.id], 'c1', rev, now);
      }
    },
    wait: (ms: number) => {
      now = new Date(now.getTime() + ms);
    },
    /** Goes on until a time has passed, as often as something may have become due. */
    takeFor: async (ms: number) => {
      const end = now.getTime() + ms;
      while (now.getTime() < end) {
        await takeDue();
        now = new Date(now.getTime() + 5_000);
      }
    },
  };
}

function sentAt(rev: number, at: Date): Entry {
  const messageId = `m${rev}`;
  const data = { messageId, content: `text ${rev}`, replyTo: null, mentions: [] };
  return {
    id: messageId,
    conversationId: 'c1',
    rev,
    seq: rev,
    actorId: 'alice',
    at,
    type: 'message.sent',
    data,
  };
}
