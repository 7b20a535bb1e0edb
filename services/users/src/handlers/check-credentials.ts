import { type Handler, implement } from '@natter/bus';
import { checkCredentials } from '@natter/contracts';
import type { Authenticate } from '../domain/authenticate.ts';
import { toUser } from '../user-dto.ts';
import { credentialsOf } from './credentials.ts';

export function handleCheckCredentials(authenticate: Authenticate): Handler {
  return implement(checkCredentials, async (request) => toUser(await authenticate(credentialsOf(request))));
}
