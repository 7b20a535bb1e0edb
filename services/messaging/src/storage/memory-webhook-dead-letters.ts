import type {
  DeadLetterPosition,
  WebhookDeadLetter,
  WebhookDeadLetters,
} from '../domain/webhook-dead-letters.ts';

/** The dead letters of webhooks in memory, for tests. */
export class MemoryWebhookDeadLetters implements WebhookDeadLetters {
  #letters: WebhookDeadLetter[] = [];

  async keep(letter: WebhookDeadLetter): Promise<void> {
    const isKept = this.#of(letter.webhookId).some((other) => compare(other, letter) === 0);
    if (!isKept) this.#letters.push(letter);
  }

  async list(webhookId: string, limit: number, after?: DeadLetterPosition): Promise<WebhookDeadLetter[]> {
    return this.#of(webhookId)
      .filter((letter) => after === undefined || compare(letter, after) > 0)
      .toSorted(compare)
      .slice(0, limit);
  }

  async count(webhookId: string): Promise<number> {
    return this.#of(webhookId).length;
  }

  async removeFrom(webhookId: string, conversationId: string, rev: number): Promise<void> {
    this.#letters = this.#letters.filter(
      (letter) =>
        letter.webhookId !== webhookId || letter.conversationId !== conversationId || letter.rev < rev,
    );
  }

  async removeOf(webhookId: string): Promise<void> {
    this.#letters = this.#letters.filter((letter) => letter.webhookId !== webhookId);
  }

  #of(webhookId: string): WebhookDeadLetter[] {
    return this.#letters.filter((letter) => letter.webhookId === webhookId);
  }
}

function compare(one: DeadLetterPosition, other: DeadLetterPosition): number {
  if (one.conversationId === other.conversationId) return one.rev - other.rev;
  return one.conversationId < other.conversationId ? -1 : 1;
}
