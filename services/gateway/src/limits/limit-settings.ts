import { integerSetting } from '@natter/platform';
import { z } from 'zod';
import { parseQuota, type Quota, quotaPattern } from './quota.ts';
import type { Quotas } from './rate-limits.ts';

const quotaSetting = (quota: string, what: string) =>
  z
    .string()
    .regex(quotaPattern, 'Must be a burst and a rate, as "120, 10/s" or "60, 6/min"')
    .default(quota)
    .describe(what);

/** What is too much, and whether anything is. */
export const limitSettings = {
  RATE_LIMIT: z
    .enum(['on', 'off'])
    .default('on')
    .describe('Whether anything is limited that is said here; `off` is for tests and benchmarks'),
  RATE_LIMIT_SENDS: quotaSetting(
    '120, 10/s',
    'Sends and other changes of one user: at once, and in the long run',
  ),
  RATE_LIMIT_READS: quotaSetting('600, 50/s', 'Reads of one user'),
  RATE_LIMIT_CONVERSATIONS: quotaSetting('60, 6/min', 'New groups of one user'),
  RATE_LIMIT_ADDRESS: quotaSetting('2000, 200/s', 'All requests from one address, of IPv6 from one /64'),
  RATE_LIMIT_PASSWORDS: integerSetting(1, 1_000)
    .prefault('10')
    .describe('Wrong passwords for one account before each next one has to wait, twice as long each time'),
  RATE_LIMIT_PASSWORDS_FIRST_SECONDS: integerSetting(1, 3_600)
    .prefault('1')
    .describe('How long the first of these waits'),
  RATE_LIMIT_PASSWORDS_MOST_SECONDS: integerSetting(1, 86_400)
    .prefault('900')
    .describe('How long any of these waits at most'),
  RATE_LIMIT_PASSWORDS_ADDRESS: quotaSetting('300, 30/min', 'Wrong passwords from one address'),
};

type LimitSettings = z.output<z.ZodObject<typeof limitSettings>>;

/** How many wrong passwords there may be. */
export interface PasswordPolicy {
  /** For one account, before the next one has to wait. */
  readonly free: number;
  /** How long that one waits; each after it twice as long. */
  readonly firstSeconds: number;
  readonly mostSeconds: number;
  readonly perAddress: Quota;
}

export interface Limits {
  readonly quotas: Quotas;
  readonly passwords: PasswordPolicy;
}

/** The settings as what they mean; undefined where nothing is limited. */
export function limitsOf(settings: LimitSettings): Limits | undefined {
  if (settings.RATE_LIMIT === 'off') return undefined;
  return {
    quotas: {
      send: parseQuota(settings.RATE_LIMIT_SENDS),
      read: parseQuota(settings.RATE_LIMIT_READS),
      conversation: parseQuota(settings.RATE_LIMIT_CONVERSATIONS),
      address: parseQuota(settings.RATE_LIMIT_ADDRESS),
    },
    passwords: {
      free: settings.RATE_LIMIT_PASSWORDS,
      firstSeconds: settings.RATE_LIMIT_PASSWORDS_FIRST_SECONDS,
      mostSeconds: settings.RATE_LIMIT_PASSWORDS_MOST_SECONDS,
      perAddress: parseQuota(settings.RATE_LIMIT_PASSWORDS_ADDRESS),
    },
  };
}
