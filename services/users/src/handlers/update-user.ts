import { type Handler, implement } from '@natter/bus';
import { updateUser } from '@natter/contracts';
import type { Accounts } from '../domain/account.ts';
import type { Profile } from '../domain/profile.ts';
import { updateUser as update } from '../domain/update-user.ts';
import { toOwnUser } from '../user-dto.ts';

/** @param announce starts to publish the change, and is not waited for. */
export function handleUpdateUser(accounts: Accounts, announce: (profile: Profile) => void): Handler {
  return implement(updateUser, async (command) => {
    const { account, changed } = await update(accounts, command);
    if (changed) announce(account);
    return toOwnUser(account);
  });
}
