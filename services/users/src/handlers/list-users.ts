import { type Handler, implement } from '@natter/bus';
import { listUsers } from '@natter/contracts';
import type { Directory } from '../domain/directory.ts';
import { pageOfUsers } from '../domain/list-users.ts';
import type { Visibility } from '../domain/visibility.ts';
import { toUser } from '../user-dto.ts';

export function handleListUsers(directory: Directory, visibility: Visibility): Handler {
  return implement(listUsers, async (request) => {
    const among = await visibility.listedTo(request.callerId);
    const { profiles, next } = await pageOfUsers(directory, { ...request, among });
    return { users: profiles.map(toUser), next };
  });
}
