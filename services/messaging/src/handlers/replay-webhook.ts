import { type Handler, implement } from '@natter/bus';
import { NatterError, replayWebhook } from '@natter/contracts';
import { requireRev, requireWebhook, type WebhookServices } from './webhook-services.ts';

export function handleReplayWebhook(services: WebhookServices): Handler {
  const { webhooks, queues, deadLetters, projections, wake } = services;
  return implement(replayWebhook, async ({ id, conversationId, from }) => {
    const webhook = await requireWebhook(webhooks, id);
    const rev = await requireRev(projections, conversationId);
    const isForAnother = webhook.conversationId !== null && webhook.conversationId !== conversationId;
    if (isForAnother) throw refusal('The webhook is for another conversation.');
    if (from > rev) throw refusal(`The conversation has no rev beyond ${rev}.`);
    await deadLetters.removeFrom(id, conversationId, from);
    await queues.startFrom(id, conversationId, from, new Date());
    wake();
    return {};
  });
}

const refusal = (detail: string) => new NatterError('validation_failed', { detail });
