import { type Bus, Deadline } from '@natter/bus';
import { getProfiles } from '@natter/contracts';
import { uuidv7 } from 'uuidv7';
import type { ProfileSource } from './projected-user-directory.ts';

/** Short: somebody's request is waiting for it. */
const withinMs = 1_500;

const context = () => ({ requestId: uuidv7(), deadline: Deadline.in(withinMs) });

/** The users service, asked over the bus. */
export function requestProfiles(bus: Bus): ProfileSource {
  return {
    byIds: async (ids) => (await bus.call(getProfiles, { ids: [...ids] }, context())).profiles,
    byUsernames: async (names) =>
      (await bus.call(getProfiles, { usernames: [...names] }, context())).profiles,
  };
}
