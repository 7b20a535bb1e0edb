import { connectBus } from '@natter/bus';
import { NatterError } from '@natter/contracts';
import {
  createLogger,
  natsOptions,
  type OperatorContext,
  OperatorError,
  parseConfig,
} from '@natter/platform';
import { messagingSettings } from '../config.ts';
import type { ProfileOrigin } from '../domain/profile-archive.ts';
import { requestAllProfiles } from '../users/request-all-profiles.ts';

const reachedWithinMs = 10_000;

/** Lets a command ask the users service. @throws {OperatorError} when NATS can't be reached within seconds. */
export async function withProfileOrigin(
  { environment }: OperatorContext,
  use: (origin: ProfileOrigin) => Promise<void>,
): Promise<void> {
  const config = parseConfig(messagingSettings, environment());
  const logger = createLogger({ name: 'natter', level: 'silent' });
  const options = { ...natsOptions(config), name: 'operator', logger };
  const signal = AbortSignal.timeout(reachedWithinMs);
  const bus = await connectBus(options, signal).catch((error: Error) => {
    const why = signal.aborted
      ? 'NATS could not be reached: is it running, and is NATS_URL right?'
      : error.message;
    throw new OperatorError(why, { cause: error });
  });
  try {
    await use(requestAllProfiles(bus));
  } catch (error) {
    if (!(error instanceof NatterError)) throw error;
    throw new OperatorError(`The users service could not be asked (${error.code}): does it run?`, {
      cause: error,
    });
  } finally {
    await bus.close();
  }
}
