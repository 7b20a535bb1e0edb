import type { ConversationLog } from '../domain/conversation-log.ts';
import type { Entry } from '../domain/entry.ts';
import type { Webhook } from '../domain/webhook.ts';
import type { WebhookDeadLetters } from '../domain/webhook-dead-letters.ts';
import type { HeldQueue, QueueFailing, WebhookQueues } from '../domain/webhook-queues.ts';
import type { Attempt, FailedAttempt } from './attempt.ts';
import { findStart } from './find-start.ts';
import { retryDelayMs } from './retry-delay.ts';
import type { DeliveryOutcome } from './webhook-metrics.ts';

/** How long a queue is held on after each step: longer than any step takes, unless the process stands still. */
export const holdMs = 30_000;

/** So long an entry is tried, from when it was appended, or from when its queue began to fail. */
const triedForMs = 86_400_000;

/** So often at least: ten minutes of delays, for entries that have waited a day behind others. */
const leastAttempts = 6;

/** After so many entries in a row other queues have their turn. */
const mostInARow = 100;

export interface CourierOptions {
  log: Pick<ConversationLog, 'readAfter'>;
  queues: WebhookQueues;
  deadLetters: Pick<WebhookDeadLetters, 'keep'>;
  findWebhook: (id: string) => Promise<Webhook | undefined>;
  /** Breaks off when the signal aborts. */
  attempt: (webhook: Webhook, entry: Entry, signal: AbortSignal) => Promise<Attempt>;
  /** Told of every attempt, and of every entry that is given up. */
  observe: (outcome: DeliveryOutcome, queue: HeldQueue, reason?: string) => void;
  now: () => Date;
  /** From 0 up to 1. */
  random: () => number;
}

export interface StopSignals {
  /** Aborts when no further entry shall be begun. */
  stopping: AbortSignal;
  /** Aborts when no answer is waited for any longer. */
  breakingOff: AbortSignal;
}

/** Delivers what is in a queue, one entry after the other. */
export class Courier {
  readonly #options: CourierOptions;

  constructor(options: CourierOptions) {
    this.#options = options;
  }

  /** Delivers until there is no more, or the receiver does not take an entry, and lets go of the queue. */
  async deliver(held: HeldQueue, { stopping, breakingOff }: StopSignals): Promise<void> {
    const { queues, now } = this.#options;
    let queue: HeldQueue | undefined = held;
    for (let steps = 0; queue !== undefined; steps += 1) {
      if (stopping.aborted || steps === mostInARow) return await queues.putOff(queue, now(), queue.failing);
      queue = await this.#step(queue, breakingOff);
    }
  }

  /** @returns the queue while it is still held. */
  async #step(queue: HeldQueue, breakingOff: AbortSignal): Promise<HeldQueue | undefined> {
    const { log, queues, findWebhook, attempt, observe } = this.#options;
    const webhook = await findWebhook(queue.webhookId);
    if (webhook === undefined) return undefined;
    const next = queue.next ?? (await this.#startOf(queue, webhook));
    // Right before it is posted: what was deleted meanwhile has no text any more.
    const [entry] = await log.readAfter(queue.conversationId, next - 1, 1);
    if (entry === undefined) return await queues.rest({ ...queue, next });
    const attempted = await attempt(webhook, entry, breakingOff);
    const tried = { ...queue, next };
    observe(attempted.outcome, tried, 'reason' in attempted ? attempted.reason : undefined);
    return await this.#settle(tried, entry, attempted);
  }

  #startOf({ conversationId, announced }: HeldQueue, { created }: Webhook): Promise<number> {
    return findStart(this.#options.log, conversationId, { since: created, upTo: announced });
  }

  async #settle(queue: HeldQueue, entry: Entry, attempted: Attempt): Promise<HeldQueue | undefined> {
    const { queues, now, random } = this.#options;
    if (attempted.outcome === 'delivered') return await this.#goOn(queue, entry, undefined);
    if (attempted.outcome === 'broken-off') {
      await queues.putOff(queue, now(), queue.failing);
      return undefined;
    }
    const failing = failingAfter(queue.failing, attempted, now());
    if (this.#isGivenUp(entry, failing)) return await this.#bury(queue, entry, failing);
    const delayMs = retryDelayMs(failing.attempts, { retryAfterMs: attempted.retryAfterMs, random });
    await queues.putOff(queue, new Date(now().getTime() + delayMs), failing);
    return undefined;
  }

  #isGivenUp(entry: Entry, { since, attempts }: QueueFailing): boolean {
    const begun = Math.max(entry.at.getTime(), since.getTime());
    return attempts >= leastAttempts && this.#options.now().getTime() >= begun + triedForMs;
  }

  /** The letter first: who dies in between keeps it again. */
  async #bury(queue: HeldQueue, entry: Entry, failing: QueueFailing): Promise<HeldQueue | undefined> {
    const { deadLetters, observe, now } = this.#options;
    const { webhookId, conversationId } = queue;
    const { rev, type } = entry;
    await deadLetters.keep({ webhookId, conversationId, rev, type, at: now(), reason: failing.reason });
    observe('dead-letter', queue, failing.reason);
    return await this.#goOn(queue, entry, { ...failing, attempts: 0 });
  }

  #goOn(queue: HeldQueue, { rev }: Entry, failing: QueueFailing | undefined): Promise<HeldQueue | undefined> {
    const { queues, now } = this.#options;
    return queues.advance(queue, { next: rev + 1, failing, until: new Date(now().getTime() + holdMs) });
  }
}

function failingAfter(before: QueueFailing | undefined, { reason }: FailedAttempt, now: Date): QueueFailing {
  return { since: before?.since ?? now, attempts: (before?.attempts ?? 0) + 1, reason };
}
