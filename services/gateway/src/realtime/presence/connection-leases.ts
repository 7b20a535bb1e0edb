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
  word: ConnectionWord;
  renewAt: number;
}

/** The connections of this gateway, of which it says again and again that they are there. */
export class ConnectionLeases {
  readonly #options: ConnectionLeasesOptions;
  readonly #own = new Map<string, Own>();

  constructor(options: ConnectionLeasesOptions) {
    this.#options = options;
  }

  /** @returns its key. */
  open({ id, username, sessionId }: Caller): string {
    const key = `${id}_${uuidv7()}`;
    const word: ConnectionWord = { username, status: 'online', changes: 0, ...(sessionId && { sessionId }) };
    this.#own.set(key, { word, renewAt: 0 });
    this.#write(key);
    return key;
  }

  /** Resolves when it is known not to be there any more. @returns false where that could not be said: it runs out. */
  async close(key: string): Promise<boolean> {
    this.#own.delete(key);
    try {
      await this.#options.values.delete(key);
      return true;
    } catch (error) {
      this.#options.onFailure(error);
      return false;
    }
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

  /** All that are to be there. */
  get keys(): string[] {
    return [...this.#own.keys()];
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
