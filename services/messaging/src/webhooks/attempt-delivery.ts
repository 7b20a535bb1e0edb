import type { Entry as EntryDto } from '@natter/contracts';
import type { Entry } from '../domain/entry.ts';
import type { Webhook } from '../domain/webhook.ts';
import { ForbiddenAddressError } from './address-policy.ts';
import type { Attempt } from './attempt.ts';
import { parseRetryAfter } from './retry-delay.ts';
import { signWebhook } from './sign-webhook.ts';
import type { WebhookAnswer, WebhookClient } from './webhook-client.ts';

/** From the look-up of the name to the end of the answer. */
const answeredWithinMs = 10_000;

export interface AttemptDeliveryOptions {
  client: Pick<WebhookClient, 'post'>;
  /** The entry as the API shows it. */
  view: (entry: Entry) => Promise<EntryDto>;
  now: () => Date;
  /** What a receiver is told of who posts. */
  userAgent: string;
}

/** Posts one entry to a webhook's receiver, once, as Standard Webhooks has it. Fails only where Natter itself does. */
export function attemptDelivery({ client, view, now, userAgent }: AttemptDeliveryOptions) {
  return async (webhook: Webhook, entry: Entry, breakingOff: AbortSignal): Promise<Attempt> => {
    const data = await view(entry);
    const body = JSON.stringify({ type: data.type, timestamp: data.at, data });
    const id = messageIdOf(webhook, entry);
    const headers = {
      'content-type': 'application/json',
      'user-agent': userAgent,
      ...signWebhook(webhook.secret, { id, at: now(), body }),
    };
    const signal = AbortSignal.any([breakingOff, AbortSignal.timeout(answeredWithinMs)]);
    try {
      return attemptOf(await client.post(new URL(webhook.url), { headers, body }, signal), now());
    } catch (error) {
      if (breakingOff.aborted) return { outcome: 'broken-off' };
      if (error instanceof ForbiddenAddressError) return { outcome: 'forbidden', reason: error.message };
      return { outcome: 'unreachable', reason: reasonOf(error) };
    }
  };
}

/** The same however often the entry is delivered; another for another entry, also where a rev was given anew. */
function messageIdOf(webhook: Webhook, entry: Entry): string {
  return `msg_${webhook.id}_${entry.id}`;
}

function attemptOf({ status, retryAfter }: WebhookAnswer, now: Date): Attempt {
  if (status >= 200 && status < 300) return { outcome: 'delivered' };
  const retryAfterMs = parseRetryAfter(retryAfter, now);
  return { outcome: 'refused', reason: `answered ${status}`, retryAfterMs };
}

/** The system's code says most; what libraries say may be long. */
function reasonOf(error: unknown): string {
  const { name, code, message }: { name?: string; code?: unknown; message?: string } = Object(error);
  if (name === 'TimeoutError') return `no answer within ${answeredWithinMs / 1_000} s`;
  return typeof code === 'string' ? code : `${message}`.slice(0, 200);
}
