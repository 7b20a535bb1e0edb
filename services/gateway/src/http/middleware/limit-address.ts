import { addressKey } from '../../limits/address-key.ts';
import type { RateLimits } from '../../limits/rate-limits.ts';
import { addressOf } from '../address-of.ts';
import type { Step } from '../receive.ts';

/** Whatever is asked counts for the address that it comes from, before anything is known of who asks. */
export function limitAddress(limits: RateLimits): Step {
  return (request, response) => {
    limits.take('address', addressKey(addressOf(request, response)), response);
  };
}
