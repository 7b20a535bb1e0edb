import { NatterClientError } from '@natter/client';
import type { Pair } from './blocking.ts';
import { UntilStopped } from './until-stopped.ts';

const repeat = { repeat: true } as const;

/** Milliseconds: so often typing is passed on. */
const pauseMs = 3_000;

/** One blocks the other for good, who says in their group all the time that they are writing. */
export class LastingBlock {
  readonly pair: Pair;
  readonly #going: UntilStopped;

  constructor(pair: Pair) {
    this.pair = pair;
    const blocked = pair.blocker.client.blocks.add(pair.blocked.username, repeat);
    this.#going = new UntilStopped(
      async () => {
        await blocked;
        await this.#sayTyping();
      },
      () => pauseMs,
    );
  }

  stop(): Promise<void> {
    return this.#going.stop();
  }

  /** Whoever was just removed may not. */
  async #sayTyping(): Promise<void> {
    const { group, blocked } = this.pair;
    try {
      await blocked.client.conversations.sayTyping(group, repeat);
    } catch (error) {
      if (!(error instanceof NatterClientError) || error.code !== 'conversation_not_found') throw error;
    }
  }
}
