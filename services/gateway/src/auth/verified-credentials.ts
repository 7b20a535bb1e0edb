import { createHmac, randomBytes } from 'node:crypto';
import type { Bus, Listening } from '@natter/bus';
import { checkCredentials, credentialsChanged, NatterError } from '@natter/contracts';
import { LRUCache } from 'lru-cache';
import type { RequestContext } from '../http/request-context.ts';
import { type GuardPassword, unguarded } from '../limits/password-guard.ts';
import type { Caller } from './authenticate.ts';
import { type Credentials, parseBasicCredentials } from './basic-credentials.ts';

/** Milliseconds for which verified credentials are taken at their word. */
const rememberMs = 60_000;

const remembered = 10_000;

/** A check that goes on, and whom changes since its beginning concern. */
interface Checking {
  overtakenBy: ((caller: Caller) => boolean)[];
}

interface Check {
  credentials: Credentials;
  context: RequestContext;
}

/**
 * Verifies HTTP Basic. The users service hashes each password it checks, far too slow for every request, so what it
 * found right is remembered for a minute, and requests that come with the same credentials at once share one check.
 * What was wrong isn't remembered, nor what the users service says may be right no more. Passwords are kept only as HMACs under a key of this process.
 */
export class VerifiedCredentials {
  readonly #bus: Pick<Bus, 'call' | 'listen'>;
  readonly #guard: GuardPassword;
  readonly #secret = randomBytes(32);
  readonly #checks = new Set<Checking>();
  readonly #callers: LRUCache<string, Caller, Check>;

  constructor(
    bus: Pick<Bus, 'call' | 'listen'>,
    clock: { now(): number } = performance,
    guard: GuardPassword = unguarded,
  ) {
    this.#bus = bus;
    this.#guard = guard;
    this.#callers = new LRUCache({
      max: remembered,
      ttl: rememberMs,
      ttlResolution: 0,
      perf: clock,
      // A check that is crowded out of the cache still answers those who wait for it.
      ignoreFetchAbort: true,
      fetchMethod: (_key, _stale, { context }) => this.#check(context),
    });
  }

  async verify(encoded: string, context: RequestContext): Promise<Caller> {
    const credentials = parseBasicCredentials(encoded);
    if (!credentials) throw new NatterError('invalid_credentials');
    return this.#callers.forceFetch(this.#keyOf(credentials), { context: { credentials, context } });
  }

  /** Heeds what the users service tells of; resolves when NATS knows. After a gap nothing is remembered. */
  listen(): Promise<Listening> {
    return this.#bus.listen(credentialsChanged, {
      handle: ({ userId }) => this.#forget(({ id }) => id === userId),
      onGap: () => this.#forget(() => true),
    });
  }

  /** Until it was not overtaken by a change: else it may have been the old password that was right. */
  async #check({ credentials, context }: Check): Promise<Caller> {
    const checking: Checking = { overtakenBy: [] };
    this.#checks.add(checking);
    try {
      for (;;) {
        checking.overtakenBy = [];
        const attempt = { username: credentials.username, context };
        const check = () => this.#bus.call(checkCredentials, credentials, context);
        const { id, username } = await this.#guard(attempt, check);
        const caller = { id, username };
        if (!checking.overtakenBy.some((concerns) => concerns(caller))) return caller;
      }
    } finally {
      this.#checks.delete(checking);
    }
  }

  #forget(concerns: (caller: Caller) => boolean): void {
    for (const checking of this.#checks) checking.overtakenBy.push(concerns);
    for (const [key, caller] of this.#callers.entries()) if (concerns(caller)) this.#callers.delete(key);
  }

  #keyOf({ username, password }: Credentials): string {
    return createHmac('sha256', this.#secret).update(`${username}\0${password}`).digest('base64');
  }
}
