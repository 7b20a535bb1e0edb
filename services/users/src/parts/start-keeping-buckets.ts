import type { Bus } from '@natter/bus';
import { type Lifecycle, repeat } from '@natter/platform';

/** Milliseconds; so long after NATS has lost its disk are there no logins. */
const keepBucketsEveryMs = 15_000;

/** Has NATS keep what gateways count by. Resolves when the buckets are there, if JetStream is. */
export async function startKeepingBuckets(lifecycle: Lifecycle, bus: Bus): Promise<void> {
  const { logger } = lifecycle.owner;
  const keep = () => bus.keepBuckets('users');
  const onFailure = (error: unknown) =>
    logger.warn({ err: error }, 'could not make the buckets in NATS; trying on');
  await keep().catch(onFailure);
  const keeping = repeat(keep, { everyMs: keepBucketsEveryMs, delayMs: keepBucketsEveryMs, onFailure });
  lifecycle.onStop('the buckets', () => keeping.stop());
}
