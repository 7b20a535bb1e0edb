import { type Handler, implement } from '@natter/bus';
import { createUser, NatterError } from '@natter/contracts';
import { uuidv7 } from 'uuidv7';
import type { Accounts } from '../domain/account.ts';
import { newAccount } from '../domain/create-user.ts';
import type { Passwords } from '../domain/passwords.ts';
import type { Profile } from '../domain/profile.ts';
import { toUser } from '../user-dto.ts';

/** @param announce starts to publish the new profile, and is not waited for. */
export function handleCreateUser(
  accounts: Accounts,
  passwords: Passwords,
  announce: (profile: Profile) => void,
): Handler {
  return implement(createUser, async ({ username, displayName, password }) => {
    const passwordHash = await passwords.hash(password);
    const account = newAccount({ id: uuidv7(), username, displayName, passwordHash, at: new Date() });
    if (!(await accounts.add(account))) throw new NatterError('username_taken');
    announce(account);
    return toUser(account);
  });
}
