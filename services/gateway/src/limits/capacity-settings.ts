import { integerSetting } from '@natter/platform';
import type { z } from 'zod';
import type { Capacity } from './load-shedding.ts';

/** How much is taken at once. */
export const capacitySettings = {
  MAX_IN_FLIGHT: integerSetting(1, 100_000)
    .prefault('1000')
    .describe('Requests that are answered at once; one more gets 503 `overloaded`'),
  MAX_IN_FLIGHT_BUSY: integerSetting(1, 100_000)
    .prefault('250')
    .describe('The same while the process had not a moment to spare in the last second'),
  MAX_IN_FLIGHT_PER_ADDRESS: integerSetting(1, 100_000)
    .prefault('200')
    .describe('Of these, the most from one address, of IPv6 from one /64'),
  MAX_STREAMS_PER_USER: integerSetting(1, 10_000)
    .prefault('20')
    .describe(
      'Streams of live events that one user may have open at each gateway; one more gets 429 `rate_limited`',
    ),
};

export function capacityOf(settings: z.output<z.ZodObject<typeof capacitySettings>>): Capacity {
  return {
    most: settings.MAX_IN_FLIGHT,
    mostBusy: settings.MAX_IN_FLIGHT_BUSY,
    mostPerAddress: settings.MAX_IN_FLIGHT_PER_ADDRESS,
  };
}
