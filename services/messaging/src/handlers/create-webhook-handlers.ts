import type { Handler } from '@natter/bus';
import { handleAddWebhook } from './add-webhook.ts';
import { handleListWebhookDeadLetters } from './list-webhook-dead-letters.ts';
import { handleListWebhooks } from './list-webhooks.ts';
import { handleRemoveWebhook } from './remove-webhook.ts';
import { handleReplayWebhook } from './replay-webhook.ts';
import type { WebhookServices } from './webhook-services.ts';

/** What messaging can be asked about its webhooks. */
export function createWebhookHandlers(services: WebhookServices): Handler[] {
  return [
    handleAddWebhook,
    handleListWebhookDeadLetters,
    handleListWebhooks,
    handleRemoveWebhook,
    handleReplayWebhook,
  ].map((handle) => handle(services));
}
