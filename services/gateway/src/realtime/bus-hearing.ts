import type { AddressListener, Bus } from '@natter/bus';
import {
  activityPushed,
  conversationJoined,
  type Entry,
  entryPushed,
  joiningGroupOf,
  type PushedBy,
} from '@natter/contracts';
import type { Hearing } from './hearing.ts';

/** Who is told of what is heard. */
export interface Listener {
  offer(entry: Entry): void;
  passed(pushed: PushedBy<typeof activityPushed>): Promise<void>;
  joined(pushed: PushedBy<typeof conversationJoined>): void;
  /** NATS was away and is back. */
  missedSome(): void;
}

/** Two subscriptions for each conversation, and one for each group of users, however many are concerned. */
export class BusHearing implements Hearing {
  readonly #bus: Pick<Bus, 'connected'>;
  readonly #entries: AddressListener<typeof entryPushed>;
  readonly #activities: AddressListener<typeof activityPushed>;
  readonly #joinings: AddressListener<typeof conversationJoined>;
  /** How many users of each group are here. */
  readonly #groups = new Map<string, number>();

  constructor(bus: Pick<Bus, 'connected' | 'listenByAddress'>, listener: () => Listener) {
    this.#bus = bus;
    this.#entries = bus.listenByAddress(entryPushed, {
      handle: (entry) => listener().offer(entry),
      onGap: () => listener().missedSome(),
    });
    this.#activities = bus.listenByAddress(activityPushed, {
      handle: (pushed) => void listener().passed(pushed),
      // What was missed has passed.
      onGap: () => undefined,
    });
    this.#joinings = bus.listenByAddress(conversationJoined, {
      handle: (pushed) => listener().joined(pushed),
      // The one above hears of the same gap.
      onGap: () => undefined,
    });
  }

  get connected(): boolean {
    return this.#bus.connected;
  }

  addConversation(conversationId: string): void {
    this.#entries.add(conversationId);
    this.#activities.add(conversationId);
  }

  removeConversation(conversationId: string): void {
    this.#entries.remove(conversationId);
    this.#activities.remove(conversationId);
  }

  addUser(userId: string): void {
    const group = joiningGroupOf(userId);
    const count = this.#groups.get(group) ?? 0;
    this.#groups.set(group, count + 1);
    if (count === 0) this.#joinings.add(group);
  }

  removeUser(userId: string): void {
    const group = joiningGroupOf(userId);
    const left = (this.#groups.get(group) ?? 1) - 1;
    this.#groups.set(group, left);
    if (left === 0) this.#joinings.remove(group);
  }

  settled(): Promise<void> {
    return this.#entries.settled();
  }

  stop(): void {
    this.#entries.stop();
    this.#activities.stop();
    this.#joinings.stop();
  }
}
