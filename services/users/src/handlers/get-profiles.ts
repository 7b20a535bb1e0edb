import { type Handler, implement } from '@natter/bus';
import { getProfiles } from '@natter/contracts';
import type { Directory } from '../domain/directory.ts';
import { toUserProfile } from '../user-dto.ts';

export function handleGetProfiles(directory: Directory): Handler {
  return implement(getProfiles, async (keys) => {
    const profiles = await directory.find(keys);
    return { profiles: profiles.map(toUserProfile) };
  });
}
