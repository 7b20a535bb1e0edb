import { type Handler, implement } from '@natter/bus';
import { listUsers } from '@natter/contracts';
import type { Directory } from '../domain/directory.ts';
import { pageOfUsers } from '../domain/list-users.ts';
import { toUser } from '../user-dto.ts';

export function handleListUsers(directory: Directory): Handler {
  return implement(listUsers, async (request) => {
    const { profiles, next } = await pageOfUsers(directory, request);
    return { users: profiles.map(toUser), next };
  });
}
