import { Counter, type Metrics } from '@natter/platform';
import { policyNames } from './rate-limits.ts';

/** By which policy requests were refused; those of users and of addresses alike have a row for each policy only. */
export function createLimitMetrics(metrics: Metrics) {
  const refused = new Counter({
    name: 'natter_rate_limited_total',
    help: 'Requests that were refused with rate_limited, by the policy whose quota was used up',
    labelNames: ['policy'],
    registers: [metrics],
  });
  // Prometheus sees no increase in what begins with 1.
  for (const policy of [...policyNames, 'password', 'password-address']) refused.inc({ policy }, 0);
  return { refused: (policy: string) => refused.inc({ policy }) };
}
