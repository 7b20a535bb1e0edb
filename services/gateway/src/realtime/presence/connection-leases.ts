import type { WatchedKeyValue } from '@natter/bus';
import { connections } from '@natter/contracts';
import { uuidv7 } from 'uuidv7';
import type { Caller } from '../../auth/authenticate.ts';
import type { ConnectionWord } from './presence-board.ts';

/** Half of the time for which a word holds, so that one may be lost. */
const renewAfterMs = connections.keepMs / 2;

/** How many are renewed at one look: after a loss of NATS all are due at once. */
const atOnce = 1_000;

export interface ConnectionLeasesOptions {
  values: Pick<WatchedKeyValue<ConnectionWord>, 'delete' | 'put'>;
  /** Milliseconds, never going back. */
  clock: { now(): number };
  /** Told of what could not be written; it is tried again. Must not throw. */
  onFailure: (error: unknown) => void;
}

interface Own {
  userId: string;
  word: ConnectionWord;
  renewAt: number;
}

/** The connections of this gateway, of which it says again and again that they are there. */
export class ConnectionLeases {
  readonly #options: ConnectionLeasesOptions;
  readonly #own = new Map<string, Own>();
  /** How many connections each user has. */
  readonly #users = new Map<string, number>();

  constructor(options: ConnectionLeasesOptions) {
    this.#options = options;
  }

  /** @returns its key. */
  open({ id, username, sessionId }: Caller): string {
    const key = `${id}_${uuidv7()}`;
    const word: ConnectionWord = { username, status: 'online', changes: 0, ...(sessionId && { sessionId }) };
    this.#own.set(key, { userId: id, word, renewAt: 0 });
    this.#users.set(id, (this.#users.get(id) ?? 0) + 1);
    this.#write(key);
    return key;
  }

  /** Resolves when everybody may know; where NATS is away, it runs out. Closed already, nothing happens. */
  async close(key: string): Promise<void> {
    const own = this.#own.get(key);
    if (own === undefined) return;
    this.#own.delete(key);
    const left = (this.#users.get(own.userId) ?? 1) - 1;
    if (left > 0) this.#users.set(own.userId, left);
    else this.#users.delete(own.userId);
    await this.#options.values.delete(key).catch(this.#options.onFailure);
  }

  /** Told of what is said of any connection: of one's own somebody else may have changed the status. */
  hear(key: string, word: ConnectionWord | undefined): void {
    const own = this.#own.get(key);
    if (own === undefined || word === undefined) return;
    if (word.changes > own.word.changes) own.word = word;
    // A change was overwritten by what was on its way already.
    else if (word.changes < own.word.changes) this.#write(key);
  }

  /** Says again of those for which it is time that they are there. */
  renew(): void {
    const now = this.#options.clock.now();
    const due = [...this.#own].filter(([, { renewAt }]) => renewAt <= now).slice(0, atOnce);
    for (const [key] of due) this.#write(key);
  }

  has(key: string): boolean {
    return this.#own.has(key);
  }

  get keys(): string[] {
    return [...this.#own.keys()];
  }

  isHere(userId: string): boolean {
    return this.#users.has(userId);
  }

  #write(key: string): void {
    const own = this.#own.get(key) as Own;
    own.renewAt = this.#options.clock.now() + renewAfterMs;
    this.#options.values.put(key, own.word).catch((error: unknown) => {
      own.renewAt = 0;
      this.#options.onFailure(error);
    });
  }
}
