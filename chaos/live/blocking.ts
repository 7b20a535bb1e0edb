import { NatterClientError } from '@natter/client';
import type { Random } from '../../services/messaging/src/simulation/random.ts';
import type { Member } from './members.ts';
import { UntilStopped } from './until-stopped.ts';

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
  readonly #going: UntilStopped;

  constructor(pair: Pair, { random, pauseMs }: { random: Random; pauseMs: number }) {
    this.pair = pair;
    this.#going = new UntilStopped(
      () => this.#blockOnce(),
      () => random.between(0, 2 * pauseMs),
    );
  }

  /** Resolves when nobody is blocked any more. */
  stop(): Promise<void> {
    return this.#going.stop();
  }

  async #blockOnce(): Promise<void> {
    const { blocker, blocked } = this.pair;
    await blocker.client.blocks.add(blocked.username, repeat);
    await this.#expectRefusal();
    await this.#unblock();
    this.count += 1;
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
