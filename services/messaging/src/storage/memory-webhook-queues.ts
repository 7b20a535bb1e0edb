import type {
  Advance,
  HeldQueue,
  Hold,
  QueueFailing,
  QueueSummary,
  WebhookQueue,
  WebhookQueues,
} from '../domain/webhook-queues.ts';

interface KeptQueue extends WebhookQueue {
  /** Undefined while it rests. */
  due: Date | undefined;
  hold: string | undefined;
}

const queueId = (webhookId: string, conversationId: string): string => `${webhookId}:${conversationId}`;

/** The queues of webhooks in memory, for tests: the same obligations, but for outliving the process. */
export class MemoryWebhookQueues implements WebhookQueues {
  readonly #queues = new Map<string, KeptQueue>();
  #holds = 0;

  async announce(
    webhookIds: readonly string[],
    conversationId: string,
    rev: number,
    now: Date,
  ): Promise<void> {
    for (const webhookId of webhookIds) {
      const id = queueId(webhookId, conversationId);
      const queue = this.#queues.get(id) ?? newQueue(webhookId, conversationId, now);
      queue.announced = Math.max(queue.announced, rev);
      if (queue.next !== undefined && queue.next <= rev) queue.due ??= now;
      this.#queues.set(id, queue);
    }
  }

  async hold(webhookId: string, { now, until, limit }: Hold): Promise<HeldQueue[]> {
    const due = this.#waitingOf(webhookId)
      .filter((queue) => queue.due <= now)
      .toSorted((one, other) => one.due.getTime() - other.due.getTime());
    return due.slice(0, limit).map((queue) => {
      this.#holds += 1;
      return viewOf(Object.assign(queue, { due: until, hold: `${this.#holds}` }));
    });
  }

  async advance(queue: HeldQueue, { next, failing, until }: Advance): Promise<HeldQueue | undefined> {
    const kept = this.#held(queue);
    return kept && viewOf(Object.assign(kept, { next, failing, due: until }));
  }

  async putOff(queue: HeldQueue, due: Date, failing: QueueFailing | undefined): Promise<void> {
    const kept = this.#held(queue);
    if (kept) Object.assign(kept, { next: queue.next, due, failing, hold: undefined });
  }

  async rest(queue: HeldQueue): Promise<HeldQueue | undefined> {
    const kept = this.#held(queue);
    if (kept === undefined) return undefined;
    if (kept.announced !== queue.announced) return viewOf({ ...kept, next: queue.next, hold: queue.hold });
    Object.assign(kept, { next: queue.next, due: undefined, hold: undefined });
    return undefined;
  }

  async startFrom(webhookId: string, conversationId: string, rev: number, now: Date): Promise<void> {
    const id = queueId(webhookId, conversationId);
    const queue = this.#queues.get(id) ?? newQueue(webhookId, conversationId, now);
    this.#queues.set(id, { ...queue, next: rev, due: now, failing: undefined, hold: undefined });
  }

  async summarize(webhookId: string): Promise<QueueSummary> {
    return summaryOf(this.#waitingOf(webhookId));
  }

  async removeOf(webhookId: string): Promise<void> {
    for (const [id, queue] of this.#queues) if (queue.webhookId === webhookId) this.#queues.delete(id);
  }

  #waitingOf(webhookId: string): (KeptQueue & { due: Date })[] {
    return [...this.#queues.values()].filter(
      (queue): queue is KeptQueue & { due: Date } => queue.webhookId === webhookId && queue.due !== undefined,
    );
  }

  #held({ webhookId, conversationId, hold }: HeldQueue): (KeptQueue & { hold: string }) | undefined {
    const queue = this.#queues.get(queueId(webhookId, conversationId));
    return queue?.hold === hold ? (queue as KeptQueue & { hold: string }) : undefined;
  }
}

function newQueue(webhookId: string, conversationId: string, due: Date): KeptQueue {
  return {
    webhookId,
    conversationId,
    next: undefined,
    announced: 0,
    failing: undefined,
    due,
    hold: undefined,
  };
}

function viewOf({ due: _due, ...queue }: KeptQueue & { hold: string }): HeldQueue {
  return queue;
}

function summaryOf(queues: readonly Pick<WebhookQueue, 'failing'>[]): QueueSummary {
  const failing = queues.flatMap((queue) => queue.failing ?? []);
  const [longest] = failing.toSorted((one, other) => one.since.getTime() - other.since.getTime());
  return { waiting: queues.length, failing: failing.length, longest };
}
