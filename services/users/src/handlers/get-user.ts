import { type Handler, implement } from '@natter/bus';
import { getUser, NatterError } from '@natter/contracts';
import type { Directory } from '../domain/directory.ts';
import type { Visibility } from '../domain/visibility.ts';
import { toDeletedUser, toUser } from '../user-dto.ts';

export function handleGetUser(directory: Directory, visibility: Visibility): Handler {
  return implement(getUser, async (request) => {
    const keys = 'id' in request ? { ids: [request.id] } : { usernames: [request.username] };
    const [profile] = await directory.find(keys);
    const visible = profile !== undefined && (await visibility.isVisible(request.callerId, profile.id));
    if (!visible) throw new NatterError('user_not_found');
    return profile.deleted ? toDeletedUser(profile) : toUser(profile);
  });
}
