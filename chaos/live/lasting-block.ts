import { setTimeout as sleep } from 'node:timers/promises';
import { NatterClientError } from '@natter/client';
import type { Pair } from './blocking.ts';

const repeat = { repeat: true } as const;

/** Milliseconds: so often typing is passed on. */
const pauseMs = 3_000;

/** One blocks the other for good, who says in their group all the time that they are writing. */
export class LastingBlock {
  readonly pair: Pair;
  readonly #ended: Promise<void>;
  #stopping = false;

  constructor(pair: Pair) {
    this.pair = pair;
    this.#ended = this.#run();
    // Told by whoever stops it.
    this.#ended.catch(() => undefined);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#ended;
  }

  async #run(): Promise<void> {
    const { blocker, blocked } = this.pair;
    await blocker.client.blocks.add(blocked.username, repeat);
    while (!this.#stopping) {
      await this.#sayTyping();
      await sleep(pauseMs);
    }
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
