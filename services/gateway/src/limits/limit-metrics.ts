import { Counter, type Metrics } from '@natter/platform';
import { type ShedReason, shedReasons } from './load-shedding.ts';
import { policyNames } from './rate-limits.ts';

/** What was refused, by policy or reason, never by whose it was. */
export function createLimitMetrics(metrics: Metrics) {
  const refused = new Counter({
    name: 'natter_rate_limited_total',
    help: 'Requests that were refused with rate_limited, by the policy whose quota was used up',
    labelNames: ['policy'],
    registers: [metrics],
  });
  // Prometheus sees no increase in what begins with 1.
  for (const policy of [...policyNames, 'password', 'password-address']) refused.inc({ policy }, 0);
  const shed = new Counter({
    name: 'natter_requests_shed_total',
    help: 'Requests that were refused with overloaded because too many were in flight, by what there was too much of',
    labelNames: ['reason'],
    registers: [metrics],
  });
  for (const reason of shedReasons) shed.inc({ reason }, 0);
  return {
    refused: (policy: string) => refused.inc({ policy }),
    shed: (reason: ShedReason) => shed.inc({ reason }),
  };
}
