import type { Webhook, Webhooks } from '../domain/webhook.ts';

/** How old what a process knows of the webhooks may be, in milliseconds. */
const maxAgeMs = 500;

/** After so long every process knows of a change; longer, since clocks may run at different speeds. */
export const knownEverywhereMs = 1.2 * maxAgeMs;

export interface KnownWebhooksOptions {
  webhooks: Pick<Webhooks, 'list'>;
  /** Monotonic, in milliseconds. */
  clock: () => number;
}

/** The webhooks as they were at most half a second ago: that an entry was appended costs no query where there are none. */
export class KnownWebhooks {
  readonly #options: KnownWebhooksOptions;
  #known: { from: number; list: Promise<Webhook[]> } | undefined;

  constructor(options: KnownWebhooksOptions) {
    this.#options = options;
  }

  async list(): Promise<readonly Webhook[]> {
    const now = this.#options.clock();
    // What was asked for earlier may be answered late: its age counts from when it was asked for.
    if (this.#known === undefined || now - this.#known.from >= maxAgeMs) {
      this.#known = { from: now, list: this.#options.webhooks.list() };
    }
    const { list } = this.#known;
    return await list.catch((error: unknown) => {
      if (this.#known?.list === list) this.#known = undefined;
      throw error;
    });
  }

  async find(id: string): Promise<Webhook | undefined> {
    return (await this.list()).find((webhook) => webhook.id === id);
  }
}
