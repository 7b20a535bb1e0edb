import { type Handler, implement } from '@natter/bus';
import { NatterError, removeWebhook } from '@natter/contracts';
import type { WebhookServices } from './webhook-services.ts';

export function handleRemoveWebhook({
  webhooks,
  queues,
  deadLetters,
  knownEverywhere,
}: WebhookServices): Handler {
  return implement(removeWebhook, async ({ id }) => {
    const removed = await webhooks.remove(id);
    // Whoever still knew of it might make a queue of it again.
    await knownEverywhere();
    await queues.removeOf(id);
    await deadLetters.removeOf(id);
    if (!removed) throw new NatterError('not_found', { detail: 'There is no such webhook' });
    return {};
  });
}
