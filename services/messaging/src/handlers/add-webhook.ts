import { type Handler, implement } from '@natter/bus';
import { addWebhook, maxWebhooks, NatterError } from '@natter/contracts';
import { uuidv7 } from 'uuidv7';
import { ForbiddenAddressError } from '../webhooks/address-policy.ts';
import { createWebhookSecret } from '../webhooks/sign-webhook.ts';
import { parseWebhookUrl } from '../webhooks/webhook-url.ts';
import { requireRev, type WebhookServices } from './webhook-services.ts';

/** What is left to do once the URL is judged takes no longer: to store it, and to have every process know of it. */
const leftMs = 1_500;

export function handleAddWebhook(services: WebhookServices): Handler {
  const { webhooks, queues, projections, client, knownEverywhere } = services;
  return implement(addWebhook, async ({ url: text, conversationId = null }, { deadline }) => {
    const url = parseWebhookUrl(text);
    await client.check(url).catch((error: unknown) => {
      throw new NatterError('validation_failed', { detail: `The URL can't be used: ${whyNot(error)}` });
    });
    if ((await webhooks.list()).length >= maxWebhooks)
      throw new NatterError('validation_failed', { detail: `There are ${maxWebhooks} webhooks already.` });
    // Nobody would know the secret of one that is made after its asker has gone.
    if (deadline.remainingMs() < leftMs) throw new NatterError('service_unavailable', { retryAfter: 1 });
    const id = uuidv7();
    const [secret, created] = [createWebhookSecret(), new Date()];
    if (conversationId !== null) {
      const rev = await requireRev(projections, conversationId);
      await queues.startFrom(id, conversationId, rev + 1, created);
    }
    await webhooks.add({ id, url: url.href, secret, conversationId, created });
    await knownEverywhere();
    return { id, secret };
  });
}

function whyNot(error: unknown): string {
  if (error instanceof ForbiddenAddressError) return error.message;
  const { code, message }: { code?: string; message?: string } = Object(error);
  return `its host could not be looked up (${code ?? message})`;
}
