import { type Bus, Deadline } from '@natter/bus';
import { findAcquaintances, listAcquaintances, type Presence } from '@natter/contracts';
import { uuidv7 } from 'uuidv7';
import type { EphemeralEvent, EphemeralEvents } from '../live-events.ts';

/** Milliseconds for one question: what is not answered by then is no news any more. */
const answerWithinMs = 2_000;

/** About as many one question may be. */
const atOnce = 1_000;

/** Of so many who know somebody, at most, it is looked whether they are there. */
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
  /** Who has a stream here. */
  here: () => readonly string[];
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
    const { bus, events, here } = this.#options;
    const others = here().filter((id) => id !== change.userId);
    const event = eventOf(change);
    for (const id of await acquaintedAmong(bus, change.userId, others)) events.tellUser(id, event);
  }

  async #greet({ userId, tell }: Newcomer): Promise<void> {
    const { bus, find } = this.#options;
    const { ids } = await bus.call(listAcquaintances, { userId, limit: mostAcquaintances }, briefly());
    const there = ids.filter((id) => find(id) !== undefined);
    for (const id of await acquaintedAmong(bus, userId, there)) {
      const presence = find(id);
      if (presence !== undefined) tell(eventOf(presence));
    }
  }
}

function eventOf(presence: Presence): EphemeralEvent {
  return { type: 'presence', json: JSON.stringify(presence) };
}

const briefly = () => ({ requestId: uuidv7(), deadline: Deadline.in(answerWithinMs) });

/** Which of some users share a conversation with a user, and are kept apart from them by no block. */
export async function acquaintedAmong(
  bus: Pick<Bus, 'call'>,
  userId: string,
  some: readonly string[],
  context = briefly(),
): Promise<string[]> {
  const found: string[] = [];
  for (let index = 0; index < some.length; index += atOnce) {
    const among = some.slice(index, index + atOnce);
    const { ids } = await bus.call(findAcquaintances, { userId, among, exceptApart: true }, context);
    found.push(...ids);
  }
  return found;
}
