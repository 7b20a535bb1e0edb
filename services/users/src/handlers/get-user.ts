import { type Handler, implement } from '@natter/bus';
import { getUser, NatterError } from '@natter/contracts';
import type { Directory } from '../domain/directory.ts';
import { toDeletedUser, toUser } from '../user-dto.ts';

export function handleGetUser(directory: Directory): Handler {
  return implement(getUser, async (request) => {
    const keys = 'id' in request ? { ids: [request.id] } : { usernames: [request.username] };
    const [profile] = await directory.find(keys);
    if (profile === undefined) throw new NatterError('user_not_found');
    return profile.deleted ? toDeletedUser(profile) : toUser(profile);
  });
}
