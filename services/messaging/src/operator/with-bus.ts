import { type Bus, connectBus } from '@natter/bus';
import {
  createLogger,
  natsOptions,
  natsSettings,
  type OperatorContext,
  OperatorError,
  parseConfig,
} from '@natter/platform';
import { z } from 'zod';

const reachedWithinMs = 10_000;

/** Lets a command ask services. @throws {OperatorError} when NATS can't be reached within seconds. */
export async function withBus<T>(
  { environment }: Pick<OperatorContext, 'environment'>,
  use: (bus: Bus) => Promise<T>,
): Promise<T> {
  const settings = parseConfig(z.object(natsSettings), environment());
  const logger = createLogger({ name: 'natter', level: 'silent' });
  const options = { ...natsOptions(settings), name: 'operator', logger };
  const signal = AbortSignal.timeout(reachedWithinMs);
  const bus = await connectBus(options, signal).catch((error: Error) => {
    const why = 'NATS could not be reached: is it running, and is NATS_URL right?';
    throw new OperatorError(signal.aborted ? why : error.message, { cause: error });
  });
  try {
    return await use(bus);
  } finally {
    await bus.close();
  }
}
