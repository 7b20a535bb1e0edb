import type { Connection } from 'mongoose';
import { MongoWebhookDeadLetters } from './mongo-webhook-dead-letters.ts';
import { MongoWebhookQueues } from './mongo-webhook-queues.ts';
import { MongoWebhooks } from './mongo-webhooks.ts';

/** All that is kept of webhooks. */
export function createMongoWebhookStores(connection: Connection) {
  return {
    webhooks: new MongoWebhooks(connection),
    queues: new MongoWebhookQueues(connection),
    deadLetters: new MongoWebhookDeadLetters(connection),
  };
}
