import { createHmac, randomBytes } from 'node:crypto';
import type { Bus } from '@natter/bus';
import { checkCredentials, NatterError } from '@natter/contracts';
import { LRUCache } from 'lru-cache';
import type { RequestContext } from '../http/request-context.ts';
import { type GuardPassword, unguarded } from '../limits/password-guard.ts';
import type { Caller } from './authenticate.ts';
import { type Credentials, parseBasicCredentials } from './basic-credentials.ts';

/** Milliseconds for which verified credentials are taken at their word. */
const rememberMs = 60_000;

const remembered = 10_000;

interface Check {
  credentials: Credentials;
  context: RequestContext;
}

/**
 * Verifies HTTP Basic. The users service hashes each password it checks, far too slow for every request, so what it
 * found right is remembered for a minute, and requests that come with the same credentials at once share one check.
 * What was wrong isn't remembered. Passwords are kept only as HMACs under a key of this process.
 */
export class VerifiedCredentials {
  readonly #secret = randomBytes(32);
  readonly #callers: LRUCache<string, Caller, Check>;

  constructor(
    bus: Pick<Bus, 'call'>,
    clock: { now(): number } = performance,
    guard: GuardPassword = unguarded,
  ) {
    this.#callers = new LRUCache({
      max: remembered,
      ttl: rememberMs,
      ttlResolution: 0,
      perf: clock,
      // A check that is crowded out of the cache still answers those who wait for it.
      ignoreFetchAbort: true,
      fetchMethod: async (_key, _stale, { context: { credentials, context } }) => {
        const attempt = { username: credentials.username, address: context.address };
        const check = () => bus.call(checkCredentials, credentials, context);
        const { id, username } = await guard(attempt, check);
        return { id, username };
      },
    });
  }

  async verify(encoded: string, context: RequestContext): Promise<Caller> {
    const credentials = parseBasicCredentials(encoded);
    if (!credentials) throw new NatterError('invalid_credentials');
    return this.#callers.forceFetch(this.#keyOf(credentials), { context: { credentials, context } });
  }

  #keyOf({ username, password }: Credentials): string {
    return createHmac('sha256', this.#secret).update(`${username}\0${password}`).digest('base64');
  }
}
