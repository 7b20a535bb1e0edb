import type { WebhookQueues } from '../domain/webhook-queues.ts';
import type { KnownWebhooks } from './known-webhooks.ts';

export interface AnnounceEntryOptions {
  known: Pick<KnownWebhooks, 'list'>;
  queues: Pick<WebhookQueues, 'announce'>;
  now: () => Date;
  /** Called when something has become due. */
  wake: () => void;
}

/** Says to the queues of the webhooks that concern a conversation how far its log is. What is in it, they read there. */
export function announceEntry({ known, queues, now, wake }: AnnounceEntryOptions) {
  return async ({ conversationId, rev }: { conversationId: string; rev: number }): Promise<void> => {
    const concerned = (await known.list()).filter((webhook) =>
      [null, conversationId].includes(webhook.conversationId),
    );
    if (concerned.length === 0) return;
    const ids = concerned.map(({ id }) => id);
    await queues.announce(ids, conversationId, rev, now());
    wake();
  };
}
