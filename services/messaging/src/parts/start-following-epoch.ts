import { type Lifecycle, repeat } from '@natter/platform';
import type { LogEpochs } from '../domain/log-epochs.ts';
import { FollowedEpoch } from '../followed-epoch.ts';

/** So soon all replicas name another epoch of the logs, where an operator has begun one. */
const followEpochEveryMs = 2_000;

/** Knows which epoch of the logs it is. */
export async function startFollowingEpoch(
  lifecycle: Lifecycle,
  epochs: Pick<LogEpochs, 'current'>,
): Promise<FollowedEpoch> {
  const { logger } = lifecycle.owner;
  const epoch = await FollowedEpoch.follow(epochs);
  const refresh = async () => {
    if (await epoch.refresh()) logger.warn({ epoch: epoch.current }, 'another epoch of the logs began');
  };
  const following = repeat(refresh, {
    everyMs: followEpochEveryMs,
    delayMs: followEpochEveryMs,
    onFailure: (error) => logger.warn({ err: error }, 'could not look for the epoch of the logs; trying on'),
  });
  lifecycle.onStop('the epoch of the logs', () => following.stop());
  return epoch;
}
