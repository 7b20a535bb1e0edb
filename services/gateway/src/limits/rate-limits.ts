import { NatterError } from '@natter/contracts';
import type { Response } from 'express';
import { type Quota, windowSeconds } from './quota.ts';
import { RateLimiter } from './rate-limiter.ts';
import type { Taking } from './take.ts';

/** What is limited: the first three by user, the last by address. */
export const policyNames = ['send', 'read', 'conversation', 'address'] as const;

export type PolicyName = (typeof policyNames)[number];

export type Quotas = Readonly<Record<PolicyName, Quota>>;

interface Policy {
  limiter: RateLimiter;
  /** For `RateLimit-Policy`. */
  header: string;
}

/** The quotas of this gateway, each told to clients as draft-ietf-httpapi-ratelimit-headers-10 has it. */
export class RateLimits {
  readonly #policies: Readonly<Record<PolicyName, Policy>>;
  readonly #onRefused: (policy: PolicyName) => void;

  constructor(quotas: Quotas, onRefused: (policy: PolicyName) => void, clock?: { now(): number }) {
    const policy = (name: PolicyName): Policy => ({
      limiter: new RateLimiter(quotas[name], clock),
      header: `"${name}";q=${quotas[name].burst};w=${windowSeconds(quotas[name])}`,
    });
    this.#policies = {
      send: policy('send'),
      read: policy('read'),
      conversation: policy('conversation'),
      address: policy('address'),
    };
    this.#onRefused = onRefused;
  }

  /**
   * Takes one from what `key` has under the policy, and has the answer, where it has headers, say what is left. An answer
   * tells of one policy, the last that was asked: that of the user where there is one, for that is the smaller.
   *
   * @throws {NatterError} `rate_limited`, where there is none left.
   */
  take(name: PolicyName, key: string, response?: Pick<Response, 'set'>): void {
    const { limiter, header } = this.#policies[name];
    const taking = limiter.take(key);
    response?.set({ 'RateLimit-Policy': header, RateLimit: stateOf(name, taking) });
    if (taking.allowed) return;
    this.#onRefused(name);
    throw new NatterError('rate_limited', { retryAfter: taking.nextInSeconds });
  }
}

function stateOf(name: PolicyName, { left, wholeInSeconds }: Taking): string {
  return `"${name}";r=${left};t=${wholeInSeconds}`;
}
