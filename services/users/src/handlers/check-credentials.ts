import { type Handler, implement } from '@natter/bus';
import { checkCredentials, NatterError } from '@natter/contracts';
import type { Authenticate } from '../domain/authenticate.ts';
import { toUser } from '../user-dto.ts';
import { credentialsOf } from './credentials.ts';

/** HTTP Basic has no place for a code: where one is wanted, it opens nothing. */
export function handleCheckCredentials(authenticate: Authenticate): Handler {
  return implement(checkCredentials, async (request) => {
    const account = await authenticate(credentialsOf(request));
    if (account.secondFactor?.confirmed) throw new NatterError('second_factor_required');
    return toUser(account);
  });
}
