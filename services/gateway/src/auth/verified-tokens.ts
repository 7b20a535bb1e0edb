import { hash, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { leewaySeconds } from './access-token.ts';

type FindKey = (kid: string) => Promise<KeyObject | undefined>;

/** A key that verified something, one for all that it did. */
interface Published {
  readonly kid: string;
  readonly key: KeyObject;
}

interface Verified<Bearer> {
  readonly bearer: Bearer;
  readonly by: Published;
}

/** Tokens, by their hashes: one is some hundred bytes long, and of no use to whoever comes to read this memory. */
const remembered = 10_000;

const expirySchema = z.object({ exp: z.number() });

/**
 * Remembers what tokens have been found to say, since verifying a signature costs more than all else that is done to a
 * request. A token is taken at its word until it expires, and only as long as the key that verified it is the one that is
 * published. What else ends a token, such as its session, is not for here.
 */
export class VerifiedTokens<Bearer> {
  readonly #verify: (token: string, findKey: FindKey) => Promise<Bearer>;
  readonly #findKey: FindKey;
  readonly #clock: { now(): number };
  readonly #verified: LRUCache<string, Verified<Bearer>>;
  readonly #published = new WeakMap<KeyObject, Published>();

  /** The clock is the one that tokens expire by. */
  constructor(
    verify: (token: string, findKey: FindKey) => Promise<Bearer>,
    findKey: FindKey,
    clock: { now(): number } = Date,
  ) {
    this.#verify = verify;
    this.#findKey = findKey;
    this.#clock = clock;
    this.#verified = new LRUCache({ max: remembered, perf: clock, ttlResolution: 0 });
  }

  /** Gives, or throws, what `verify` does. */
  async verify(token: string): Promise<Bearer> {
    const digest = hash('sha256', token, 'binary');
    const known = this.#verified.get(digest);
    if (known !== undefined && (await this.#findKey(known.by.kid)) === known.by.key) return known.bearer;
    return this.#verifyAnew(token, digest);
  }

  async #verifyAnew(token: string, digest: string): Promise<Bearer> {
    let by: Published | undefined;
    const bearer = await this.#verify(token, async (kid) => {
      const key = await this.#findKey(kid);
      by = key && this.#publishedAs(kid, key);
      return key;
    });
    if (by) this.#remember(token, digest, { bearer, by });
    return bearer;
  }

  #publishedAs(kid: string, key: KeyObject): Published {
    const known = this.#published.get(key);
    if (known?.kid === kid) return known;
    const published = { kid, key };
    this.#published.set(key, published);
    return published;
  }

  #remember(token: string, digest: string, verified: Verified<Bearer>): void {
    const { exp } = expirySchema.parse(jwt.decode(token));
    const ttl = Math.ceil((exp + leewaySeconds) * 1_000 - this.#clock.now());
    if (ttl > 0) this.#verified.set(digest, verified, { ttl });
  }
}
