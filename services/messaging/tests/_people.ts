import type { Bus, Serving } from '@natter/bus';
import { implement } from '@natter/bus';
import { getProfiles, type UserProfile } from '@natter/contracts';
import { uuidv7 } from 'uuidv7';

const newProfile = (username: string): UserProfile => ({
  id: uuidv7(),
  username,
  displayName: username,
  created: '2026-01-01T00:00:00.000Z',
  deleted: false,
  receipts: 'shared',
  version: 1,
});

/** Users, and what answers for them where the users service would. */
export function people(usernames: readonly string[]) {
  const profiles = new Map(usernames.map((username) => [username, newProfile(username)]));
  const profileOf = (username: string): UserProfile => {
    const profile = profiles.get(username);
    if (profile === undefined) throw new Error(`Nobody is called ${username}`);
    return profile;
  };
  return {
    idOf: (username: string): string => profileOf(username).id,
    /** Changes what is answered, but tells nobody. @returns the profile as it is then. */
    change: (username: string, change: Partial<UserProfile>): UserProfile => {
      const profile = profileOf(username);
      const changed = { ...profile, ...change, version: profile.version + 1 };
      profiles.set(username, changed);
      return changed;
    },
    serve: (bus: Bus): Promise<Serving> =>
      bus.serve(
        [
          implement(getProfiles, async (request) => ({
            profiles: [...profiles.values()].filter((user) =>
              'ids' in request ? request.ids.includes(user.id) : request.usernames.includes(user.username),
            ),
          })),
        ],
        { service: 'users', version: '0.0.0', maxInFlight: 64 },
      ),
  };
}
