import { type Bus, Deadline } from '@natter/bus';
import { findAcquaintances } from '@natter/contracts';
import { uuidv7 } from 'uuidv7';
import type { EphemeralEvents } from '../live-events.ts';
import type { PresenceChange } from './presence-board.ts';

/** Milliseconds for one question: what is not answered by then is no news any more. */
const answerWithinMs = 2_000;

/** As many as one question may be about. */
const atOnce = 1_000;

/** How many changes are looked into at the same time: after a restart there may be thousands. */
const width = 8;

export interface PresenceNewsOptions {
  bus: Pick<Bus, 'call'>;
  events: Pick<EphemeralEvents, 'tellUser'>;
  /** Who has a stream here. */
  here: () => readonly string[];
  onFailure: (error: unknown) => void;
}

/** Tells those who are here of others whom they share a conversation with. */
export class PresenceNews {
  readonly #options: PresenceNewsOptions;

  constructor(options: PresenceNewsOptions) {
    this.#options = options;
  }

  /** Resolves when all are told; a change that nobody could be found for is told to nobody. */
  async tell(changes: readonly PresenceChange[]): Promise<void> {
    for (let index = 0; index < changes.length; index += width) {
      const some = changes.slice(index, index + width);
      await Promise.all(some.map((change) => this.#tell(change).catch(this.#options.onFailure)));
    }
  }

  async #tell({ userId, username, status, lastSeen }: PresenceChange): Promise<void> {
    const others = this.#options.here().filter((id) => id !== userId);
    const data = { userId, username, status, lastSeen: lastSeen?.toISOString() ?? null };
    const event = { type: 'presence' as const, json: JSON.stringify(data) };
    for (let index = 0; index < others.length; index += atOnce) {
      const ids = await acquaintedAmong(this.#options.bus, userId, others.slice(index, index + atOnce));
      for (const id of ids) this.#options.events.tellUser(id, event);
    }
  }
}

/** Which of some users share a conversation with a user, and are kept apart from them by no block. */
export async function acquaintedAmong(
  bus: Pick<Bus, 'call'>,
  userId: string,
  among: string[],
  context = { requestId: uuidv7(), deadline: Deadline.in(answerWithinMs) },
): Promise<string[]> {
  const { ids } = await bus.call(findAcquaintances, { userId, among, exceptApart: true }, context);
  return ids;
}
