/** Where entries are posted to, beside the clients that read them. */
export interface Webhook {
  id: string;
  url: string;
  /** As its receiver has it, in clear: nothing else signs. */
  secret: string;
  /** The conversation whose entries it gets; null for all. */
  conversationId: string | null;
  created: Date;
}

/** The webhooks that there are. */
export interface Webhooks {
  add(webhook: Webhook): Promise<void>;

  /** All of them, the oldest first. */
  list(): Promise<Webhook[]>;

  /** @returns false when there was none. */
  remove(id: string): Promise<boolean>;
}
