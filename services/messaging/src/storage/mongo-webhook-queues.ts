import { bulkUpsert } from '@natter/mongo';
import { type Connection, type Model, trusted, type UpdateQuery } from 'mongoose';
import { uuidv7 } from 'uuidv7';
import type {
  Advance,
  HeldQueue,
  Hold,
  QueueFailing,
  QueueSummary,
  WebhookQueues,
} from '../domain/webhook-queues.ts';
import {
  isDue,
  isWaiting,
  queueId,
  queueOf,
  type WebhookQueueDocument,
  webhookQueueSchema,
} from './webhook-queue-document.ts';

/** The queues of webhooks in MongoDB: every change is one update of one document, if it is still in the same hand. */
export class MongoWebhookQueues implements WebhookQueues {
  readonly #queues: Model<WebhookQueueDocument>;

  constructor(connection: Connection) {
    this.#queues = connection.model<WebhookQueueDocument>('WebhookQueue', webhookQueueSchema);
  }

  /**
   * First the rev and then the time: whoever lets the queue rest in between does so only where the rev is the one
   * that they knew.
   */
  async announce(
    webhookIds: readonly string[],
    conversationId: string,
    rev: number,
    now: Date,
  ): Promise<void> {
    const ids = webhookIds.map((webhookId) => queueId(webhookId, conversationId));
    const upserts = webhookIds.map((webhookId) => {
      const filter = { _id: queueId(webhookId, conversationId) };
      const update = { $max: { announced: rev }, $setOnInsert: { webhookId, conversationId, due: now } };
      return { updateOne: { filter, update, upsert: true } };
    });
    await bulkUpsert(this.#queues, upserts);
    await this.#queues.updateMany(
      { _id: trusted({ $in: ids }), due: null, next: trusted({ $lte: rev }) },
      { $set: { due: now } },
    );
  }

  async hold(webhookId: string, { now, until, limit }: Hold): Promise<HeldQueue[]> {
    const found = await this.#queues
      .find({ webhookId, due: isDue(now) })
      .sort({ due: 1 })
      .limit(limit)
      .select({ _id: 1 })
      .lean<WebhookQueueDocument[]>();
    const held = await Promise.all(found.map(({ _id }) => this.#take(_id, now, until)));
    return held.flatMap((queue) => queue ?? []);
  }

  async #take(_id: string, now: Date, until: Date): Promise<HeldQueue | undefined> {
    const update = { $set: { due: until, hold: uuidv7() } };
    return await this.#update({ _id, due: isDue(now) }, update);
  }

  async advance(queue: HeldQueue, { next, failing, until }: Advance): Promise<HeldQueue | undefined> {
    return await this.#update(heldBy(queue), changeTo({ next, failing, due: until }));
  }

  async putOff(queue: HeldQueue, due: Date, failing: QueueFailing | undefined): Promise<void> {
    const { $unset, ...change } = changeTo({ next: queue.next, failing, due });
    await this.#queues.updateOne(heldBy(queue), { ...change, $unset: { ...$unset, hold: 1 } });
  }

  async rest(queue: HeldQueue): Promise<HeldQueue | undefined> {
    const unchanged = { ...heldBy(queue), announced: queue.announced };
    const rested = await this.#queues.updateOne(unchanged, {
      $set: { next: queue.next },
      $unset: { due: 1, hold: 1 },
    });
    if (rested.matchedCount > 0) return undefined;
    const document = await this.#queues.findOne(heldBy(queue)).lean<WebhookQueueDocument>();
    return document ? { ...queue, announced: document.announced } : undefined;
  }

  async startFrom(webhookId: string, conversationId: string, rev: number, now: Date): Promise<void> {
    const filter = { _id: queueId(webhookId, conversationId) };
    const update = {
      $set: { next: rev, due: now },
      $unset: { hold: 1, failing: 1 },
      $setOnInsert: { webhookId, conversationId, announced: 0 },
    } as const;
    await bulkUpsert(this.#queues, [{ updateOne: { filter, update, upsert: true } }]);
  }

  async summarize(webhookId: string): Promise<QueueSummary> {
    const waiting = { webhookId, due: isWaiting() };
    const failing = { ...waiting, failing: trusted({ $ne: null }) };
    const longest = this.#queues
      .findOne(failing)
      .sort({ 'failing.since': 1 })
      .select({ failing: 1 })
      .lean<WebhookQueueDocument>();
    return {
      waiting: await this.#queues.countDocuments(waiting),
      failing: await this.#queues.countDocuments(failing),
      longest: (await longest)?.failing,
    };
  }

  async removeOf(webhookId: string): Promise<void> {
    await this.#queues.deleteMany({ webhookId });
  }

  async #update(filter: object, update: UpdateQuery<WebhookQueueDocument>): Promise<HeldQueue | undefined> {
    const document = await this.#queues
      .findOneAndUpdate(filter, update, { returnDocument: 'after' })
      .lean<WebhookQueueDocument>();
    return document ? queueOf(document) : undefined;
  }
}

function heldBy({ webhookId, conversationId, hold }: HeldQueue) {
  return { _id: queueId(webhookId, conversationId), hold };
}

interface Change {
  next: number | undefined;
  due: Date;
  failing: QueueFailing | undefined;
}

function changeTo({ next, due, failing }: Change): UpdateQuery<WebhookQueueDocument> {
  const set = { due, ...(next !== undefined && { next }) };
  return failing === undefined ? { $set: set, $unset: { failing: 1 } } : { $set: { ...set, failing } };
}
