import { type Bus, connectBus } from '@natter/bus';
import { type OperatorContext, withOperatorBus } from '@natter/platform';

/** Lets a command ask the users service. @throws {OperatorError} when NATS can't be reached within seconds. */
export function withUsersService<T>(context: OperatorContext, use: (bus: Bus) => Promise<T>): Promise<T> {
  return withOperatorBus(context, connectBus, use);
}
