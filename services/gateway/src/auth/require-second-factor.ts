import { NatterError } from '@natter/contracts';
import type { Authenticate } from './authenticate.ts';

const whatToDo =
  'This server requires a second factor: log in for a session, set one up at /api/v1/users/me/second-factor, and refresh the session';

/**
 * Lets in who has proved a second factor, and a session without one to what says that it is open before. A password by itself
 * opens nothing: what it would be good for is the log-in.
 */
export function requireSecondFactor(authenticate: Authenticate): Authenticate {
  return async (authorization, context, options) => {
    const caller = await authenticate(authorization, context, options);
    const isOpen = caller.sessionId !== undefined && options?.beforeSecondFactor === true;
    if (!caller.hasSecondFactor && !isOpen)
      throw new NatterError('second_factor_setup_required', { detail: whatToDo });
    return caller;
  };
}
