import { NatterError } from '@natter/contracts';
import { type OperatorContext, OperatorError } from '@natter/platform';
import type { ProfileOrigin } from '../domain/profile-archive.ts';
import { requestAllProfiles } from '../users/request-all-profiles.ts';
import { withBus } from './with-bus.ts';

/** Lets a command ask the users service. @throws {OperatorError} when NATS can't be reached within seconds. */
export async function withProfileOrigin(
  context: OperatorContext,
  use: (origin: ProfileOrigin) => Promise<void>,
): Promise<void> {
  try {
    await withBus(context, (bus) => use(requestAllProfiles(bus)));
  } catch (error) {
    if (!(error instanceof NatterError)) throw error;
    throw new OperatorError(`The users service could not be asked (${error.code}): does it run?`, {
      cause: error,
    });
  }
}
