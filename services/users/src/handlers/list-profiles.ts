import { type Handler, implement } from '@natter/bus';
import { listProfiles } from '@natter/contracts';
import type { Directory } from '../domain/directory.ts';
import { toUserProfile } from '../user-dto.ts';

export function handleListProfiles(directory: Directory): Handler {
  return implement(listProfiles, async ({ afterId, disabled, limit }) => {
    const profiles = await (disabled
      ? directory.listDisabled(limit, afterId)
      : directory.listAll(limit, afterId));
    return { profiles: profiles.map(toUserProfile) };
  });
}
