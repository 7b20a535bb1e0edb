import { type Bus, connectBus } from '@natter/bus';
import {
  commonSettings,
  createLogger,
  type OperatorContext,
  OperatorError,
  parseConfig,
} from '@natter/platform';
import { z } from 'zod';

const reachedWithinMs = 10_000;

/** Lets a command ask the users service. @throws {OperatorError} when NATS can't be reached within seconds. */
export async function withUsersService<T>(
  { environment }: OperatorContext,
  use: (bus: Bus) => Promise<T>,
): Promise<T> {
  const { NATS_URL: url, NATS_PREFIX: prefix } = parseConfig(z.object(commonSettings), environment());
  const logger = createLogger({ name: 'natter', level: 'silent' });
  const options = { url, name: 'operator', prefix, logger };
  const bus = await connectBus(options, AbortSignal.timeout(reachedWithinMs)).catch((error) => {
    throw new OperatorError('NATS could not be reached: is it running, and is NATS_URL right?', {
      cause: error,
    });
  });
  try {
    return await use(bus);
  } finally {
    await bus.close();
  }
}
