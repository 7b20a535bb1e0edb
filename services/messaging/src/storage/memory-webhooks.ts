import type { Webhook, Webhooks } from '../domain/webhook.ts';

/** The webhooks in memory, for tests. */
export class MemoryWebhooks implements Webhooks {
  readonly #webhooks = new Map<string, Webhook>();

  async add(webhook: Webhook): Promise<void> {
    this.#webhooks.set(webhook.id, webhook);
  }

  async list(): Promise<Webhook[]> {
    return [...this.#webhooks.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
  }

  async remove(id: string): Promise<boolean> {
    return this.#webhooks.delete(id);
  }
}
