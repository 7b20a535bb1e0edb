import { NatterError } from '@natter/contracts';
import type { Projections } from '../domain/projections.ts';
import type { Webhook, Webhooks } from '../domain/webhook.ts';
import type { WebhookDeadLetters } from '../domain/webhook-dead-letters.ts';
import type { WebhookQueues } from '../domain/webhook-queues.ts';
import type { WebhookClient } from '../webhooks/webhook-client.ts';

/** What it takes to look after webhooks. */
export interface WebhookServices {
  webhooks: Webhooks;
  queues: WebhookQueues;
  deadLetters: WebhookDeadLetters;
  projections: Pick<Projections, 'findConversation'>;
  client: Pick<WebhookClient, 'check'>;
  /** Resolves when every process knows which webhooks there are. */
  knownEverywhere: () => Promise<unknown>;
  /** There is something to deliver. */
  wake: () => void;
}

/** @throws {NatterError} `not_found`. */
export async function requireWebhook(webhooks: Webhooks, id: string): Promise<Webhook> {
  const webhook = (await webhooks.list()).find((each) => each.id === id);
  if (webhook === undefined) throw new NatterError('not_found', { detail: 'There is no such webhook' });
  return webhook;
}

/** @throws {NatterError} `conversation_not_found`. @returns the latest rev of the conversation. */
export async function requireRev(
  projections: WebhookServices['projections'],
  conversationId: string,
): Promise<number> {
  const conversation = await projections.findConversation(conversationId);
  if (conversation === undefined) throw new NatterError('conversation_not_found');
  return conversation.rev;
}
