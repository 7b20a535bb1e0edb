/** An entry that was given up. Its texts stay in the log, where a deletion finds them. */
export interface WebhookDeadLetter {
  webhookId: string;
  conversationId: string;
  rev: number;
  type: string;
  at: Date;
  /** Why the last delivery failed. */
  reason: string;
}

export interface DeadLetterPosition {
  conversationId: string;
  rev: number;
}

/** What webhooks have given up; kept for a while. */
export interface WebhookDeadLetters {
  /** Keeping one again changes nothing. */
  keep(letter: WebhookDeadLetter): Promise<void>;

  /** By conversation and rev, from after a position on. */
  list(webhookId: string, limit: number, after?: DeadLetterPosition): Promise<WebhookDeadLetter[]>;

  count(webhookId: string): Promise<number>;

  /** Forgets those of a conversation from a rev on. */
  removeFrom(webhookId: string, conversationId: string, rev: number): Promise<void>;

  removeOf(webhookId: string): Promise<void>;
}
