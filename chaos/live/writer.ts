import { type Message, type NatterClient, NatterClientError } from '@natter/client';
import type { Random } from '../../services/messaging/src/simulation/random.ts';
import { UntilStopped } from './until-stopped.ts';

/** A message that was acknowledged. */
export type Sent = Pick<Message, 'conversationId' | 'seq' | 'id'>;

/** An edit of what was deleted meanwhile, a message of somebody who was removed, and the like. */
const harmless = new Set(['message_deleted', 'message_not_found', 'conversation_not_found']);

/** How many of its latest messages a writer still changes. */
const mostKnown = 50;

/** Sends, edits, deletes and reacts in turn, each until it is known, until it is told to stop. */
export class Writer {
  /** What was acknowledged. */
  readonly sent: Sent[] = [];
  operations = 0;
  readonly #client: NatterClient;
  readonly #conversations: readonly string[];
  readonly #random: Random;
  readonly #writing: UntilStopped;

  constructor(
    client: NatterClient,
    conversations: readonly string[],
    { random, pauseMs }: { random: Random; pauseMs: number },
  ) {
    this.#client = client;
    this.#conversations = conversations;
    this.#random = random;
    this.#writing = new UntilStopped(
      () => this.#write(),
      () => random.between(0, 2 * pauseMs),
    );
  }

  /** Resolves when all that it began is known. */
  stop(): Promise<void> {
    return this.#writing.stop();
  }

  async #write(): Promise<void> {
    await this.#writeOnce();
    this.operations += 1;
  }

  async #writeOnce(): Promise<void> {
    const what = this.#random.between(1, 100);
    const known = this.#random.pick(this.sent.slice(-mostKnown));
    try {
      await (what <= 50 || known === undefined ? this.#send() : this.#change(known, what));
    } catch (error) {
      if (!(error instanceof NatterClientError) || !harmless.has(error.code)) throw error;
    }
  }

  async #send(): Promise<void> {
    const content = `message ${this.operations}`;
    this.sent.push(await this.#client.messages.send(this.#random.pick(this.#conversations), { content }));
  }

  async #change({ conversationId, seq }: Sent, what: number): Promise<unknown> {
    const { messages } = this.#client;
    const repeat = { repeat: true } as const;
    if (what <= 70) {
      return messages.edit(conversationId, seq, { content: `edit ${this.operations}` }, repeat);
    }
    if (what <= 80) return messages.delete(conversationId, seq, repeat);
    if (what <= 95) return messages.addReaction(conversationId, seq, '👍', repeat);
    return messages.removeReaction(conversationId, seq, '👍', repeat);
  }
}
