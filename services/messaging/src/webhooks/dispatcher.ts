import { setTimeout as sleep } from 'node:timers/promises';
import type { Webhook } from '../domain/webhook.ts';
import type { HeldQueue, WebhookQueues } from '../domain/webhook-queues.ts';
import { holdMs, type StopSignals } from './courier.ts';

/** What becomes due by itself, or was left by a process that died, is found within this time. */
const lookEveryMs = 1_000;

/** Deliveries under way at once to one webhook, from one process. A receiver that hangs takes these and no others. */
const atOnce = 8;

/** A stop waits so long for answers that are on their way. */
const stopWithinMs = 3_000;

export interface DispatcherOptions {
  listWebhooks: () => Promise<readonly Pick<Webhook, 'id'>[]>;
  queues: Pick<WebhookQueues, 'hold'>;
  deliver: (queue: HeldQueue, stop: StopSignals) => Promise<void>;
  now: () => Date;
  /** Told of the first of several failures in a row to look for what is due, and of each to deliver it. */
  onFailure: (error: unknown) => void;
}

/** Takes queues that are due, as many at once as there is room for, and has them delivered. */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #stopping = new AbortController();
  readonly #breakingOff = new AbortController();
  /** Deliveries, by webhook. */
  readonly #underWay = new Map<string, Set<Promise<void>>>();
  #woken = Promise.withResolvers<void>();
  #looking: Promise<void> | undefined;

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  start(): void {
    this.#looking = this.#look();
  }

  /** There may be something to do. */
  wake(): void {
    this.#woken.resolve();
  }

  /** Takes no more, and waits a while for what is under way; then that is broken off, and delivered again by others. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await this.#looking;
    const breaking = setTimeout(() => this.#breakingOff.abort(), stopWithinMs);
    await this.idle();
    clearTimeout(breaking);
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) {
      await Promise.all([...this.#underWay.values()].flatMap((deliveries) => [...deliveries]));
    }
  }

  /** Begins to deliver what is due, as far as there is room. */
  async takeDue(): Promise<void> {
    for (const { id } of await this.#options.listWebhooks()) await this.#takeDueOf(id);
  }

  async #takeDueOf(webhookId: string): Promise<void> {
    const { queues, now } = this.#options;
    const limit = atOnce - (this.#underWay.get(webhookId)?.size ?? 0);
    if (limit <= 0) return;
    const from = now();
    const held = await queues.hold(webhookId, { now: from, until: new Date(from.getTime() + holdMs), limit });
    for (const queue of held) this.#begin(queue);
  }

  #begin(queue: HeldQueue): void {
    const { deliver, onFailure } = this.#options;
    const deliveries = this.#underWay.get(queue.webhookId) ?? new Set();
    this.#underWay.set(queue.webhookId, deliveries);
    const stop = { stopping: this.#stopping.signal, breakingOff: this.#breakingOff.signal };
    const delivery = deliver(queue, stop)
      .catch(onFailure)
      .finally(() => {
        deliveries.delete(delivery);
        if (deliveries.size === 0) this.#underWay.delete(queue.webhookId);
        this.wake();
      });
    deliveries.add(delivery);
  }

  async #look(): Promise<void> {
    let failing = false;
    while (!this.#stopping.signal.aborted) {
      this.#woken = Promise.withResolvers();
      try {
        await this.takeDue();
        failing = false;
      } catch (error) {
        if (!failing) this.#options.onFailure(error);
        failing = true;
      }
      await this.#rest(failing);
    }
  }

  /** A database in trouble is not asked as often as somebody wants something of it. */
  async #rest(failing: boolean): Promise<void> {
    const rested = new AbortController();
    const time = sleep(lookEveryMs, undefined, { signal: rested.signal }).catch(() => undefined);
    await (failing ? time : Promise.race([time, this.#woken.promise]));
    rested.abort();
  }
}
