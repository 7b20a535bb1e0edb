import { type Handler, implement } from '@natter/bus';
import { getUser, NatterError, nobodysId } from '@natter/contracts';
import type { Accounts } from '../domain/account.ts';
import type { Directory } from '../domain/directory.ts';
import type { Visibility } from '../domain/visibility.ts';
import { toDeletedUser, toOwnUser, toUser } from '../user-dto.ts';

export function handleGetUser(
  directory: Directory,
  accounts: Pick<Accounts, 'findById'>,
  visibility: Visibility,
): Handler {
  return implement(getUser, async (request) => {
    const keys = 'id' in request ? { ids: [request.id] } : { usernames: [request.username] };
    const [profile] = await directory.find(keys);
    // Of nobody it is asked as well: else the time, or an error while messaging is away, would tell who is hidden.
    const visible = await visibility.isVisible(request.callerId, profile?.id ?? nobodysId);
    if (profile === undefined || !visible) throw new NatterError('user_not_found');
    if (profile.deleted) return toDeletedUser(profile);
    if (profile.id !== request.callerId) return toUser(profile);
    const account = await accounts.findById(profile.id);
    if (account === undefined) throw new NatterError('user_not_found');
    return toOwnUser(account);
  });
}
