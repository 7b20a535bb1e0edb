import { connectBus } from '@natter/bus';
import { createLogger, type OperatorContext, OperatorError, parseConfig } from '@natter/platform';
import { messagingSettings } from '../config.ts';
import type { ProfileOrigin } from '../domain/profile-archive.ts';
import { requestAllProfiles } from '../users/request-all-profiles.ts';

const reachedWithinMs = 10_000;

/** Lets a command ask the users service. @throws {OperatorError} when NATS can't be reached within seconds. */
export async function withProfileOrigin(
  { environment }: OperatorContext,
  use: (origin: ProfileOrigin) => Promise<void>,
): Promise<void> {
  const { NATS_URL: url, NATS_PREFIX: prefix } = parseConfig(messagingSettings, environment());
  const logger = createLogger({ name: 'natter', level: 'silent' });
  const options = { url, name: 'operator', prefix, logger };
  const bus = await connectBus(options, AbortSignal.timeout(reachedWithinMs)).catch((error) => {
    throw new OperatorError('NATS could not be reached: is it running, and is NATS_URL right?', {
      cause: error,
    });
  });
  try {
    await use(requestAllProfiles(bus));
  } finally {
    await bus.close();
  }
}
