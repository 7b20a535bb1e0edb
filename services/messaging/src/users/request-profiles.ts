import { type Bus, Deadline } from '@natter/bus';
import { getProfiles } from '@natter/contracts';
import { uuidv7 } from 'uuidv7';
import type { Profile } from '../domain/user-directory.ts';
import { profileOf } from './profile-of.ts';
import type { ProfileSource } from './projected-user-directory.ts';

/** Short: somebody's request is waiting for it. */
const withinMs = 1_500;

/** As many as one request asks for. */
const atOnce = 1_000;

/** The users service, asked over the bus. */
export function requestProfiles(bus: Bus): ProfileSource {
  const ask = async (request: { ids: string[] } | { usernames: string[] }) => {
    const context = { requestId: uuidv7(), deadline: Deadline.in(withinMs) };
    const { profiles } = await bus.call(getProfiles, request, context);
    return profiles.map(profileOf);
  };
  return {
    byIds: (all) => inParts(all, (ids) => ask({ ids })),
    byUsernames: (all) => inParts(all, (usernames) => ask({ usernames })),
  };
}

async function inParts(
  keys: readonly string[],
  ask: (part: string[]) => Promise<Profile[]>,
): Promise<Profile[]> {
  const parts = Array.from({ length: Math.ceil(keys.length / atOnce) }, (_, index) =>
    keys.slice(index * atOnce, (index + 1) * atOnce),
  );
  return (await Promise.all(parts.map(ask))).flat();
}
