import { createPublicKey, type KeyObject } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { type Bus, Deadline } from '@natter/bus';
import { listSigningKeys, type SigningKey } from '@natter/contracts';
import type { Logger } from '@natter/platform';
import { uuidv7 } from 'uuidv7';
import { Paced } from './paced.ts';

/** Milliseconds from an answer to the next question: for an unknown id, for those published, and while no key is known. */
const pauseMs = { search: 1_000, refresh: 10_000, unknown: 200 };

/** Milliseconds between two questions while no key is known. */
const learnEveryMs = 250;

/** Milliseconds for one question; a request that waits for it still has time to be answered. */
const answerWithinMs = 2_000;

/**
 * The keys that verify access tokens. The users service tells them; what it told is kept for as long as it is away,
 * so that who holds a token needs only the gateway and what he asks for.
 */
export class SigningKeys {
  readonly #bus: Pick<Bus, 'call'>;
  readonly #logger: Logger;
  readonly #refresh: Paced;
  /** At a pace of its own: the first token of a new key must not fail because the keys were asked for just before. */
  readonly #search: Paced;
  #fetching: Promise<void> | undefined;
  #published: readonly SigningKey[] = [];
  #byId: ReadonlyMap<string, KeyObject> = new Map();

  constructor(bus: Pick<Bus, 'call'>, logger: Logger, now: () => number = () => performance.now()) {
    this.#bus = bus;
    this.#logger = logger;
    this.#refresh = this.#paced('refresh', now);
    this.#search = this.#paced('search', now);
  }

  get known(): boolean {
    return this.#byId.size > 0;
  }

  /** Asks until there is an answer, or until `signal` aborts. */
  async learn(signal: AbortSignal): Promise<void> {
    for (let attempt = 0; !this.known && !signal.aborted; attempt += 1) {
      await this.#refresh.run().catch((error: unknown) => {
        if (attempt === 0) this.#logger.debug({ reason: String(error) }, 'no signing keys yet, asking on');
      });
      if (!this.known) await setTimeout(learnEveryMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** The key of that id; one that isn't known may be new, so the users service is asked, though not each time. */
  async find(kid: string): Promise<KeyObject | undefined> {
    if (!this.#byId.has(kid)) await this.#search.run();
    return this.#byId.get(kid);
  }

  /** As they are published (RFC 7517); those known before where the users service is away. */
  async published(): Promise<readonly SigningKey[]> {
    await this.#refresh.run().catch((error: unknown) => {
      if (!this.known) throw error;
    });
    return this.#published;
  }

  #paced(reason: 'refresh' | 'search', now: () => number): Paced {
    return new Paced(
      () => this.#fetchOnce(),
      () => (this.known ? pauseMs[reason] : pauseMs.unknown),
      now,
    );
  }

  /** One question at a time, whatever the reasons. */
  #fetchOnce(): Promise<void> {
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async #fetch(): Promise<void> {
    const context = { requestId: uuidv7(), deadline: Deadline.in(answerWithinMs) };
    const { keys } = await this.#bus.call(listSigningKeys, {}, context);
    this.#byId = new Map(keys.map((key) => [key.kid, createPublicKey({ key, format: 'jwk' })]));
    this.#published = keys;
  }
}
