import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../services/messaging/src/simulation/random.ts';
import type { Member } from './members.ts';
import { UntilStopped } from './until-stopped.ts';

const repeat = { repeat: true } as const;

/** Time for the removed member's clients to be cut and come back, in milliseconds. */
const awayMs = { least: 500, most: 4_000 };

type OwnedGroup = Readonly<{ id: string; owner: Member; others: readonly Member[] }>;

/** Somebody who was removed from a group, and added again. */
export interface Absence {
  readonly conversationId: string;
  readonly userId: string;
  /** How far the conversation went when the removal had been acknowledged. */
  readonly rev: number;
  /** When it was asked for that they be added again, in milliseconds by the clock of the process. */
  readonly until: number;
}

/** Owners who remove members of their groups and add them again, one after the other, until they are told to stop. */
export class ComingsAndGoings {
  readonly absences: Absence[] = [];
  readonly #groups: readonly OwnedGroup[];
  readonly #random: Random;
  readonly #going: UntilStopped;

  constructor(groups: readonly OwnedGroup[], { random, pauseMs }: { random: Random; pauseMs: number }) {
    this.#groups = groups;
    this.#random = random;
    this.#going = new UntilStopped(
      () => this.#removeAndAdd(),
      () => random.between(0, 2 * pauseMs),
    );
  }

  /** Resolves when everybody is a member again. */
  async stop(): Promise<void> {
    await this.#going.stop();
    // A removal that was asked for twice, since it was not known whether it was done, may have been done late.
    for (const { id, owner, others } of this.#groups)
      for (const { username } of others) await owner.client.members.set(id, username, {}, repeat);
  }

  async #removeAndAdd(): Promise<void> {
    const { id: conversationId, owner, others } = this.#random.pick(this.#groups);
    const { id: userId, username } = this.#random.pick(others);
    await owner.client.members.remove(conversationId, username, repeat);
    const { rev } = await owner.client.conversations.get(conversationId, { limit: 1 }, repeat);
    await sleep(this.#random.between(awayMs.least, awayMs.most));
    this.absences.push({ conversationId, userId, rev, until: performance.now() });
    await owner.client.members.set(conversationId, username, {}, repeat);
  }
}
