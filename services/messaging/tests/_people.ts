import type { Bus, Serving } from '@natter/bus';
import { implement } from '@natter/bus';
import { getProfiles } from '@natter/contracts';
import { uuidv7 } from 'uuidv7';

const profile = (username: string) => ({
  id: uuidv7(),
  username,
  displayName: username,
  created: '2026-01-01T00:00:00.000Z',
  deleted: false,
  version: 1,
});

/** Users, and what answers for them where the users service would. */
export function people<Name extends string>(...usernames: Name[]) {
  const profiles = new Map(usernames.map((username) => [username, profile(username)]));
  const known = [...profiles.values()];
  return {
    idOf: (username: Name): string => {
      const found = profiles.get(username);
      if (found === undefined) throw new Error(`Nobody is called ${username}`);
      return found.id;
    },
    serve: (bus: Bus): Promise<Serving> =>
      bus.serve(
        [
          implement(getProfiles, async (request) => ({
            profiles: known.filter((user) =>
              'ids' in request ? request.ids.includes(user.id) : request.usernames.includes(user.username),
            ),
          })),
        ],
        { service: 'users', version: '0.0.0', maxInFlight: 64, translateError: (error) => error },
      ),
  };
}
