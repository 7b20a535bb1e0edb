import type { KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { leewaySeconds } from './access-token.ts';

type FindKey = (kid: string) => Promise<KeyObject | undefined>;

interface Verified<Bearer> {
  bearer: Bearer;
  kid: string;
  key: KeyObject;
}

/** Tokens, of some hundred bytes each. */
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
    const known = this.#verified.get(token);
    if (known !== undefined && (await this.#findKey(known.kid)) === known.key) return known.bearer;
    return this.#verifyAnew(token);
  }

  async #verifyAnew(token: string): Promise<Bearer> {
    let used: { kid: string; key: KeyObject } | undefined;
    const bearer = await this.#verify(token, async (kid) => {
      const key = await this.#findKey(kid);
      used = key && { kid, key };
      return key;
    });
    if (used) this.#remember(token, { bearer, ...used });
    return bearer;
  }

  #remember(token: string, verified: Verified<Bearer>): void {
    const { exp } = expirySchema.parse(jwt.decode(token));
    const ttl = Math.ceil((exp + leewaySeconds) * 1_000 - this.#clock.now());
    if (ttl > 0) this.#verified.set(token, verified, { ttl });
  }
}
