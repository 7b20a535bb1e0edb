import { type Bus, Deadline } from '@natter/bus';
import { listAcquaintances, type Presence } from '@natter/contracts';
import { uuidv7 } from 'uuidv7';
import type { EphemeralEvent, EphemeralEvents } from '../live-events.ts';

/** Milliseconds for one question: what is not answered by then is no news any more. */
const answerWithinMs = 2_000;

/** Of so many who share a conversation with somebody, at most, it is looked whether they are here, or there. */
const mostAcquaintances = 10_000;

/** How much is looked into at the same time: after a restart there may be thousands of changes and of newcomers. */
const width = 8;

/** A client that has just come. */
export interface Newcomer {
  readonly userId: string;
  readonly tell: (event: EphemeralEvent) => void;
}

export interface PresenceNewsOptions {
  bus: Pick<Bus, 'call'>;
  events: Pick<EphemeralEvents, 'tellUser'>;
  /** Whether somebody has a stream here. */
  isHere: (userId: string) => boolean;
  /** How somebody appears; undefined of who is not there. */
  find: (userId: string) => Presence | undefined;
  onFailure: (error: unknown) => void;
}

/** Tells those who are here of others whom they share a conversation with. */
export class PresenceNews {
  readonly #options: PresenceNewsOptions;

  constructor(options: PresenceNewsOptions) {
    this.#options = options;
  }

  /** Resolves when all are told; a change for which nobody could be found is told to nobody. */
  tell(changes: readonly Presence[]): Promise<void> {
    return this.#each(changes, (change) => this.#tell(change));
  }

  /** Tells newcomers who is there. */
  greet(newcomers: readonly Newcomer[]): Promise<void> {
    return this.#each(newcomers, (newcomer) => this.#greet(newcomer));
  }

  async #each<T>(all: readonly T[], task: (one: T) => Promise<void>): Promise<void> {
    for (let index = 0; index < all.length; index += width) {
      const some = all.slice(index, index + width);
      await Promise.all(some.map((one) => task(one).catch(this.#options.onFailure)));
    }
  }

  async #tell(change: Presence): Promise<void> {
    const { events, isHere } = this.#options;
    const event = eventOf(change);
    for (const id of await this.#acquaintances(change.userId)) if (isHere(id)) events.tellUser(id, event);
  }

  async #greet({ userId, tell }: Newcomer): Promise<void> {
    for (const id of await this.#acquaintances(userId)) {
      const presence = this.#options.find(id);
      if (presence !== undefined) tell(eventOf(presence));
    }
  }

  /** Who shares a conversation with a user, and is kept apart from them by no block. */
  async #acquaintances(userId: string): Promise<string[]> {
    const request = { userId, limit: mostAcquaintances, exceptApart: true as const };
    const context = { requestId: uuidv7(), deadline: Deadline.in(answerWithinMs) };
    return (await this.#options.bus.call(listAcquaintances, request, context)).ids;
  }
}

function eventOf(presence: Presence): EphemeralEvent {
  return { type: 'presence', json: JSON.stringify(presence) };
}
