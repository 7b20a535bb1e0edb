import { z } from 'zod';
import { parseConfig } from './config.ts';
import { createLogger, type Logger } from './logger.ts';
import { natsOptions, natsSettings } from './nats-settings.ts';
import { type OperatorContext, OperatorError } from './operator-context.ts';

type BusOptions = ReturnType<typeof natsOptions> & { name: string; logger: Logger };

/** The bus package's `connectBus`, which this package does not know. */
type Connect<B> = (options: BusOptions, signal: AbortSignal) => Promise<B>;

const reachedWithinMs = 10_000;

/** Lets a command of the operator ask services. @throws {OperatorError} when NATS can't be reached within seconds. */
export async function withOperatorBus<B extends { close(): Promise<void> }, T>(
  { environment }: Pick<OperatorContext, 'environment'>,
  connect: Connect<B>,
  use: (bus: B) => Promise<T>,
): Promise<T> {
  const settings = parseConfig(z.object(natsSettings), environment());
  const logger = createLogger({ name: 'natter', level: 'silent' });
  const signal = AbortSignal.timeout(reachedWithinMs);
  const bus = await connect({ ...natsOptions(settings), name: 'operator', logger }, signal).catch(
    (error: Error) => {
      const why = 'NATS could not be reached: is it running, and is NATS_URL right?';
      throw new OperatorError(signal.aborted ? why : error.message, { cause: error });
    },
  );
  try {
    return await use(bus);
  } finally {
    await bus.close();
  }
}
