import { type Handler, implement } from '@natter/bus';
import { listWebhooks, type Webhook as WebhookDto } from '@natter/contracts';
import type { Webhook } from '../domain/webhook.ts';
import type { WebhookServices } from './webhook-services.ts';

export function handleListWebhooks(services: WebhookServices): Handler {
  return implement(listWebhooks, async () => {
    const webhooks = await services.webhooks.list();
    return { webhooks: await Promise.all(webhooks.map((webhook) => viewWebhook(services, webhook))) };
  });
}

async function viewWebhook(
  { queues, deadLetters }: WebhookServices,
  { id, url, conversationId, created }: Webhook,
): Promise<WebhookDto> {
  const [{ waiting, failing, longest }, letters] = await Promise.all([
    queues.summarize(id),
    deadLetters.count(id),
  ]);
  return {
    id,
    url,
    conversationId,
    created: created.toISOString(),
    waiting,
    failing,
    failingSince: longest?.since.toISOString() ?? null,
    lastFailure: longest?.reason ?? null,
    deadLetters: letters,
  };
}
