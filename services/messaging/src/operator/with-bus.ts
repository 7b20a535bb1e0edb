import { type Bus, connectBus } from '@natter/bus';
import { type OperatorContext, withOperatorBus } from '@natter/platform';

/** Lets a command ask services. @throws {OperatorError} when NATS can't be reached within seconds. */
export function withBus<T>(
  context: Pick<OperatorContext, 'environment'>,
  use: (bus: Bus) => Promise<T>,
): Promise<T> {
  return withOperatorBus(context, connectBus, use);
}
