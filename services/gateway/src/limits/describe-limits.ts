import { z } from 'zod';
import type { Limits } from './limit-settings.ts';
import { windowSeconds } from './quota.ts';
import { policyNames } from './rate-limits.ts';

const windowSchema = z.int().meta({ description: 'In how many seconds a used up quota is whole again' });

/** The part of `/server` that says how much is too much; not there where nothing is limited. */
export const rateSchemas = {
  rates: z
    .array(
      z.object({
        name: z.enum(policyNames).meta({ description: 'As in `RateLimit-Policy`' }),
        quota: z.int().meta({ description: 'Requests at once' }),
        windowSeconds: windowSchema,
      }),
    )
    .optional(),
  wrongPasswords: z
    .object({
      free: z.int().meta({ description: 'For one account, before the next one has to wait' }),
      firstSeconds: z.int().meta({ description: 'How long that one waits; each after it twice as long' }),
      mostSeconds: z.int(),
      perAddress: z.object({ quota: z.int(), windowSeconds: windowSchema }),
    })
    .optional(),
};

export function describeLimits(limits: Limits | undefined) {
  if (!limits) return {};
  const { quotas, passwords } = limits;
  const { perAddress, ...perAccount } = passwords;
  return {
    rates: policyNames.map((name) => ({
      name,
      quota: quotas[name].burst,
      windowSeconds: windowSeconds(quotas[name]),
    })),
    wrongPasswords: {
      ...perAccount,
      perAddress: { quota: perAddress.burst, windowSeconds: windowSeconds(perAddress) },
    },
  };
}
