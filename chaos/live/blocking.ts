import { setTimeout as sleep } from 'node:timers/promises';
import { NatterClientError } from '@natter/client';
import type { Random } from '../../services/messaging/src/simulation/random.ts';
import type { Member } from './members.ts';

const repeat = { repeat: true } as const;

const mostTries = 5;

/** Two who share a group. */
export interface Pair {
  readonly group: string;
  readonly blocker: Member;
  readonly blocked: Member;
}

/** One blocks the other again and again; while they do, and afterwards, the other writes to them. */
export class Blocking {
  readonly faults: string[] = [];
  /** How often somebody was blocked. */
  count = 0;
  /** Their direct conversation, once there is one. */
  conversationId: string | undefined;
  readonly pair: Pair;
  readonly #random: Random;
  readonly #pauseMs: number;
  readonly #ended: Promise<void>;
  #stopping = false;

  constructor(pair: Pair, { random, pauseMs }: { random: Random; pauseMs: number }) {
    this.pair = pair;
    this.#random = random;
    this.#pauseMs = pauseMs;
    this.#ended = this.#run();
    // Told by whoever stops it.
    this.#ended.catch(() => undefined);
  }

  /** Resolves when nobody is blocked any more. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#ended;
  }

  async #run(): Promise<void> {
    const { blocker, blocked } = this.pair;
    while (!this.#stopping) {
      await blocker.client.blocks.add(blocked.username, repeat);
      await this.#expectRefusal();
      await this.#unblock();
      this.count += 1;
      await sleep(this.#random.between(0, 2 * this.#pauseMs));
    }
  }

  /** Again where the block was asked for twice, since it was not known whether it was done, and was done late. */
  async #unblock(): Promise<void> {
    const { blocker, blocked } = this.pair;
    const content = `after block ${this.count}`;
    for (let tries = 1; ; tries += 1) {
      await blocker.client.blocks.remove(blocked.username, repeat);
      try {
        const sent = await blocked.client.messages.send(blocker.username, { content });
        this.conversationId = sent.conversationId;
        return;
      } catch (error) {
        if (!isRefusal(error) || tries === mostTries) throw error;
      }
    }
  }

  async #expectRefusal(): Promise<void> {
    const { blocker, blocked } = this.pair;
    try {
      const { seq } = await blocked.client.messages.send(blocker.username, { content: 'never read' });
      this.faults.push(`${blocked.id} wrote ${seq} to ${blocker.id}, who had blocked them`);
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof NatterClientError && error.code === 'forbidden';
}
