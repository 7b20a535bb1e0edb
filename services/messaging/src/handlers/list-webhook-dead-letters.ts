import { type Handler, implement } from '@natter/bus';
import { listWebhookDeadLetters } from '@natter/contracts';
import { requireWebhook, type WebhookServices } from './webhook-services.ts';

export function handleListWebhookDeadLetters({ webhooks, deadLetters }: WebhookServices): Handler {
  return implement(listWebhookDeadLetters, async ({ id, limit, after }) => {
    await requireWebhook(webhooks, id);
    const letters = await deadLetters.list(id, limit, after);
    return {
      deadLetters: letters.map(({ webhookId: _, at, ...letter }) => ({ ...letter, at: at.toISOString() })),
    };
  });
}
