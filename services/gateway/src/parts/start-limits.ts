import type { Bus } from '@natter/bus';
import { addressAttempts, knownDevices, passwordAttempts } from '@natter/contracts';
import type { Lifecycle } from '@natter/platform';
import type { GatewayConfig } from '../config.ts';
import { type Admit, createAdmit } from '../limits/admit.ts';
import { BusyLoop } from '../limits/busy-loop.ts';
import { capacityOf } from '../limits/capacity-settings.ts';
import { createLimitMetrics } from '../limits/limit-metrics.ts';
import { type Limits, limitsOf } from '../limits/limit-settings.ts';
import { LimitedLoginsReport } from '../limits/limited-logins-report.ts';
import { LoadShedding } from '../limits/load-shedding.ts';
import { createPasswordGuard, type GuardPassword, unguarded } from '../limits/password-guard.ts';
import { RateLimits } from '../limits/rate-limits.ts';

export interface GatewayLimits {
  /** What is said of them; undefined where nothing is limited. */
  policy: Limits | undefined;
  /** Of each user and address; undefined where nothing is limited. */
  rates: RateLimits | undefined;
  /** Of what is answered at once. */
  admit: Admit;
  /** Of wrong passwords. */
  guard: GuardPassword;
}

/** Limits what is asked of the gateway, and reports whose passwords it no longer looks at. */
export function startLimits(lifecycle: Lifecycle, bus: Bus, settings: GatewayConfig): GatewayLimits {
  const metrics = createLimitMetrics(lifecycle.metrics);
  const policy = limitsOf(settings);
  const shedding = new LoadShedding(capacityOf(settings), new BusyLoop());
  return {
    policy,
    rates: policy && new RateLimits(policy.quotas, metrics.refused),
    admit: createAdmit(shedding, metrics.shed),
    guard: policy ? startGuard(lifecycle, bus, policy.passwords, metrics.refused) : unguarded,
  };
}

function startGuard(
  lifecycle: Lifecycle,
  bus: Bus,
  policy: Limits['passwords'],
  count: (policy: string) => void,
): GuardPassword {
  const { logger } = lifecycle.owner;
  const report = new LimitedLoginsReport(bus, logger);
  report.start();
  lifecycle.onStop('the report of refused log-ins', () => report.stop());
  return createPasswordGuard({
    policy,
    attempts: bus.keyValue(passwordAttempts),
    addresses: bus.keyValue(addressAttempts),
    devices: bus.keyValue(knownDevices),
    onRefused: (limit, attempt) => {
      count(limit);
      report.note(limit, attempt);
    },
    logger,
  });
}
