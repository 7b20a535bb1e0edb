import { createHash } from 'node:crypto';
import { Bulkhead, type Deadline, type KeyValue } from '@natter/bus';
import {
  type addressAttempts,
  type knownDevices,
  NatterError,
  type passwordAttempts,
  usernameSchema,
  type ValueOf,
} from '@natter/contracts';
import type { Logger } from '@natter/platform';
import type { RequestContext } from '../http/request-context.ts';
import { addressKey } from './address-key.ts';
import type { PasswordPolicy } from './limit-settings.ts';
import { spend, take } from './take.ts';
import { type Attempts, waitingTime } from './waiting-time.ts';

/** Whose password somebody says that it is, and where they say so from. */
export interface PasswordAttempt {
  /** As it was typed. */
  readonly username: string;
  readonly context: RequestContext;
  /** In which they say so, where they are logged in already. */
  readonly sessionId?: string | undefined;
}

/**
 * Runs a check of a password, unless there were too many wrong ones. Whatever it counts, it does within the deadline of the
 * request.
 */
export type GuardPassword = <T>(attempt: PasswordAttempt, check: () => Promise<T>) => Promise<T>;

/** Of one gateway. The users service hashes two at a time, so that this is enough to keep it busy. */
const atOnce = 8;

/** Where nothing is limited. */
export const unguarded: GuardPassword = (_attempt, check) => check();

/** Of what there was too much: wrong passwords for the account, or from the address. */
export type PasswordLimit = 'password' | 'password-address';

export interface PasswordGuardOptions {
  policy: PasswordPolicy;
  attempts: KeyValue<ValueOf<typeof passwordAttempts>>;
  addresses: KeyValue<ValueOf<typeof addressAttempts>>;
  devices: KeyValue<ValueOf<typeof knownDevices>>;
  onRefused: (policy: PasswordLimit, attempt: PasswordAttempt) => void;
  logger: Pick<Logger, 'warn'>;
  /** The wall clock, for gateways share what is remembered. */
  now?: () => number;
}

/**
 * Bounds how often passwords can be guessed, for all gateways together (docs/decisions/0019). An attempt counts before
 * its password is looked at, so that a thousand at once are no more than one after the other; a right one takes it
 * back. Whoever logs in from an address from where that user has before, or is logged in, is counted apart: strangers
 * who guess can't lock the owner out, nor can who guesses at others from the same address.
 */
export function createPasswordGuard(options: PasswordGuardOptions): GuardPassword {
  const guard = new PasswordGuard(options);
  // What is too much costs nobody anything: no count, no hash.
  const inFlight = new Bulkhead(atOnce);
  return (attempt, check) => inFlight.run(() => guard.run(attempt, check));
}

class PasswordGuard {
  readonly #options: PasswordGuardOptions;
  readonly #now: () => number;

  constructor(options: PasswordGuardOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  async run<T>(attempt: PasswordAttempt, check: () => Promise<T>): Promise<T> {
    const { deadline, address } = attempt.context;
    const place = keyOf(addressKey(address));
    const device = keyOf(fold(attempt.username), addressKey(address));
    const known = await this.#knownAs(attempt, device);
    if (known === undefined) await this.#admitAddress(attempt, place);
    const account = known ?? keyOf(fold(attempt.username));
    await this.#admit(attempt, account);
    try {
      const result = await check();
      await this.#afterwards(this.#clear(account, deadline), this.#remember(device, deadline));
      return result;
    } catch (error) {
      if (isWrongPassword(error)) await this.#charge(place, deadline);
      else await this.#afterwards(this.#giveBack(account, deadline));
      throw error;
    }
  }

  /** What whoever is likely to be the owner is counted under; undefined where it might be anybody. */
  async #knownAs(
    { username, sessionId, context }: PasswordAttempt,
    device: string,
  ): Promise<string | undefined> {
    if (sessionId !== undefined) return keyOf(fold(username), 'session', sessionId);
    return (await this.#options.devices.get(device, context.deadline)) && device;
  }

  async #admitAddress(attempt: PasswordAttempt, place: string): Promise<void> {
    const { policy, addresses } = this.#options;
    const spent = await addresses.get(place, attempt.context.deadline);
    const { allowed, nextInSeconds } = take(policy.perAddress, spent?.wholeAt, this.#now());
    if (!allowed) throw this.#refusal('password-address', attempt, nextInSeconds);
  }

  /** Counts an attempt, if it may be made now. */
  async #admit(attempt: PasswordAttempt, account: string): Promise<void> {
    const count = (before = none): Attempts => {
      const waitMs = waitingTime(before, this.#options.policy, this.#now());
      if (waitMs > 0) throw this.#refusal('password', attempt, Math.ceil(waitMs / 1_000));
      return { count: before.count + 1, last: this.#now() };
    };
    await this.#options.attempts.update(account, count, attempt.context.deadline);
  }

  async #charge(place: string, deadline: Deadline): Promise<void> {
    const { policy, addresses } = this.#options;
    const charged = (before: { wholeAt: number } | undefined) => ({
      wholeAt: spend(policy.perAddress, before?.wholeAt, this.#now()),
    });
    await addresses.update(place, charged, deadline);
  }

  async #clear(account: string, deadline: Deadline): Promise<void> {
    await this.#options.attempts.update(account, () => none, deadline);
  }

  async #giveBack(account: string, deadline: Deadline): Promise<void> {
    await this.#options.attempts.update(account, withOneLess, deadline);
  }

  async #remember(device: string, deadline: Deadline): Promise<void> {
    await this.#options.devices.update(device, () => ({}), deadline);
  }

  /** What the answer doesn't hang on: who was right is in, though it be counted as wrong. */
  async #afterwards(...work: readonly Promise<void>[]): Promise<void> {
    for (const outcome of await Promise.allSettled(work)) {
      if (outcome.status === 'fulfilled') continue;
      this.#options.logger.warn({ err: outcome.reason }, 'could not note how a password was checked');
    }
  }

  #refusal(policy: PasswordLimit, attempt: PasswordAttempt, retryAfter: number): NatterError {
    this.#options.onRefused(policy, attempt);
    return new NatterError('rate_limited', { retryAfter });
  }
}

const none: Attempts = { count: 0, last: 0 };

function withOneLess(attempts = none): Attempts {
  return { ...attempts, count: Math.max(0, attempts.count - 1) };
}

/** Or the code of a second factor: it is guessed at as a password is. */
function isWrongPassword(error: unknown): boolean {
  return (
    error instanceof NatterError &&
    ['invalid_credentials', 'wrong_password', 'wrong_code'].includes(error.code)
  );
}

function fold(username: string): string {
  return usernameSchema.safeParse(username).data ?? username.toLowerCase();
}

/** A token of a subject that shows neither names nor addresses. No name that someone can have has a NUL. */
function keyOf(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('base64url');
}
