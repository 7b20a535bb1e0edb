import { connections, type Presence, type ValueOf } from '@natter/contracts';

/** What was said last of a connection. */
export type ConnectionWord = ValueOf<typeof connections>;

/** Whoever is back before this many milliseconds are over was never gone, as far as others are told. */
const graceMs = 10_000;

export interface PresenceClock {
  /** Milliseconds, never going back. */
  now(): number;
  /** For people to read. */
  date(): Date;
}

/** How somebody appears to others from now on. */
export interface PresenceChange {
  presence: Presence;
  /** Whether they went without a word, as with a gateway that died. */
  ranOut: boolean;
}

interface Lease {
  word: ConnectionWord;
  until: number;
}

interface Person {
  username: string;
  readonly leases: Map<string, Lease>;
  /** Until when they count as there without a connection. */
  graceUntil: number;
  lastSeen: Date | null;
  ranOut: boolean;
  shown: Presence['status'];
}

/** Who is there, on whichever gateway, by what was heard of their connections. */
export class PresenceBoard {
  readonly #clock: PresenceClock;
  readonly #people = new Map<string, Person>();

  constructor(clock: PresenceClock) {
    this.#clock = clock;
  }

  /** @param key `<user id>_<connection id>` @param word undefined where the connection is no more. */
  hear(key: string, word: ConnectionWord | undefined): void {
    const userId = userIdOf(key);
    if (word !== undefined) {
      const person = this.#people.get(userId) ?? this.#add(userId, word);
      person.leases.set(key, { word, until: this.#clock.now() + connections.keepMs });
      return;
    }
    const person = this.#people.get(userId);
    if (person?.leases.delete(key) && person.leases.size === 0) {
      this.#leave(person, { lastSeen: this.#clock.date(), ranOut: false });
    }
  }

  /** Takes all that are there to have been heard of just now. */
  prolong(): void {
    const until = this.#clock.now() + connections.keepMs;
    for (const { leases } of this.#people.values()) for (const lease of leases.values()) lease.until = until;
  }

  /** Lets run out what was not heard of again. @returns who appears otherwise than they did the last time. */
  settle(): PresenceChange[] {
    const changes: PresenceChange[] = [];
    for (const [userId, person] of this.#people) {
      this.#runOut(person);
      const status = this.#statusOf(person);
      if (status !== person.shown) {
        changes.push({ presence: this.#presenceOf(userId, person), ranOut: person.ranOut });
      }
      person.shown = status;
      if (status === 'offline') this.#people.delete(userId);
    }
    return changes;
  }

  /** Of somebody who is there, or was until a moment ago. */
  find(userId: string): Presence | undefined {
    const person = this.#people.get(userId);
    return person && this.#presenceOf(userId, person);
  }

  /** The keys of somebody's connections in one session, or without any. */
  connectionsOf(userId: string, sessionId: string | undefined): string[] {
    const leases = this.#people.get(userId)?.leases ?? [];
    return [...leases].filter(([, { word }]) => word.sessionId === sessionId).map(([key]) => key);
  }

  #add(userId: string, { username }: ConnectionWord): Person {
    const person: Person = {
      username,
      leases: new Map(),
      graceUntil: 0,
      lastSeen: null,
      ranOut: false,
      shown: 'offline',
    };
    this.#people.set(userId, person);
    return person;
  }

  #leave(person: Person, { lastSeen, ranOut }: Pick<Person, 'lastSeen' | 'ranOut'>): void {
    person.lastSeen = lastSeen;
    person.ranOut = ranOut;
    // Who ran out was given more time than that already.
    person.graceUntil = ranOut ? 0 : this.#clock.now() + graceMs;
  }

  #runOut(person: Person): void {
    if (person.leases.size === 0) return;
    const now = this.#clock.now();
    for (const [key, { until }] of person.leases) if (until <= now) person.leases.delete(key);
    if (person.leases.size > 0) return;
    const lastHeard = new Date(this.#clock.date().getTime() - connections.keepMs);
    this.#leave(person, { lastSeen: lastHeard, ranOut: true });
  }

  #presenceOf(userId: string, person: Person): Presence {
    const { username, lastSeen } = person;
    const status = this.#statusOf(person);
    return { userId, username, status, lastSeen: status === 'offline' ? isoTime(lastSeen) : null };
  }

  #statusOf({ leases, graceUntil, shown }: Person): Presence['status'] {
    const words = [...leases.values()].map(({ word }) => word.status);
    if (words.includes('online')) return 'online';
    if (words.length > 0) return 'away';
    return this.#clock.now() < graceUntil ? shown : 'offline';
  }
}

const isoTime = (date: Date | null) => date?.toISOString() ?? null;

/** An id has 36 characters. */
export function userIdOf(key: string): string {
  return key.slice(0, 36);
}
