import { type Handler, implement } from '@natter/bus';
import { listProfiles } from '@natter/contracts';
import type { Directory } from '../domain/directory.ts';
import { toUserProfile } from '../user-dto.ts';

export function handleListProfiles(directory: Directory): Handler {
  return implement(listProfiles, async ({ afterId, limit }) => {
    const profiles = await directory.listAll(limit, afterId);
    return { profiles: profiles.map(toUserProfile) };
  });
}
