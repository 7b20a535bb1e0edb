import type { Entry } from '../domain/entry.ts';
import type { Webhook } from '../domain/webhook.ts';
import type { WebhookQueues } from '../domain/webhook-queues.ts';
import type { KnownWebhooks } from './known-webhooks.ts';

type Place = Pick<Entry, 'conversationId' | 'rev'>;

export interface AnnounceEntriesOptions {
  known: Pick<KnownWebhooks, 'list'>;
  queues: Pick<WebhookQueues, 'announce'>;
  now: () => Date;
  /** Called when something has become due. */
  wake: () => void;
}

/**
 * Says to the queues of the webhooks that concern the entries' conversations how far their logs are. What is in them, they
 * read there. Resolves with the entries.
 */
export function announceEntries({ known, queues, now, wake }: AnnounceEntriesOptions) {
  const announce = async (webhooks: readonly Webhook[], { conversationId, rev }: Place): Promise<void> => {
    const concerned = webhooks.filter((webhook) => [null, conversationId].includes(webhook.conversationId));
    if (concerned.length === 0) return;
    const ids = concerned.map(({ id }) => id);
    await queues.announce(ids, conversationId, rev, now());
    wake();
  };
  return async (entries: readonly Place[]): Promise<readonly Place[]> => {
    const webhooks = await known.list();
    if (webhooks.length > 0) await Promise.all(latestOf(entries).map((place) => announce(webhooks, place)));
    return entries;
  };
}

/** The latest of each conversation. */
function latestOf(entries: readonly Place[]): Place[] {
  const latest = new Map<string, Place>();
  for (const entry of entries) {
    if (entry.rev > (latest.get(entry.conversationId)?.rev ?? 0)) latest.set(entry.conversationId, entry);
  }
  return [...latest.values()];
}
