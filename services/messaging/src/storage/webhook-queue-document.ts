import { Schema, trusted } from 'mongoose';
import type { HeldQueue, QueueFailing } from '../domain/webhook-queues.ts';

export interface WebhookQueueDocument {
  /** `<webhook's id>:<conversation's id>` */
  _id: string;
  webhookId: string;
  conversationId: string;
  next?: number;
  announced: number;
  /** When somebody may take it. Not there while it rests. */
  due?: Date;
  /** There while it is held. */
  hold?: string;
  failing?: QueueFailing;
}

const failingSchema = new Schema<QueueFailing>(
  {
    since: { type: Date, required: true },
    attempts: { type: Number, required: true },
    reason: { type: String, required: true },
  },
  { _id: false },
);

export const webhookQueueSchema = new Schema<WebhookQueueDocument>(
  {
    _id: { type: String, required: true },
    webhookId: { type: String, required: true },
    conversationId: { type: String, required: true },
    next: Number,
    announced: { type: Number, required: true },
    due: Date,
    hold: String,
    failing: failingSchema,
  },
  { collection: 'webhookQueues', versionKey: false },
);

const always = new Date(0);

// Most queues rest, and none of these is in it.
webhookQueueSchema.index({ webhookId: 1, due: 1 }, { partialFilterExpression: { due: { $gt: always } } });

/** The condition that a queue does not rest, in the words of the index. */
export const isWaiting = () => trusted({ $gt: always });

/** The condition that a queue is due, in the words of the index. */
export const isDue = (now: Date) => trusted({ $gt: always, $lte: now });

export const queueId = (webhookId: string, conversationId: string): string =>
  `${webhookId}:${conversationId}`;

export function queueOf(document: WebhookQueueDocument): HeldQueue {
  const { webhookId, conversationId, next, announced, failing, hold = '' } = document;
  return { webhookId, conversationId, next, announced, failing, hold };
}
