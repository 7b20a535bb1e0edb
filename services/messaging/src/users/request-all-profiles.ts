import { type Bus, Deadline } from '@natter/bus';
import { listProfiles } from '@natter/contracts';
import { uuidv7 } from 'uuidv7';
import type { ProfileOrigin } from '../domain/profile-archive.ts';
import { profileOf } from './profile-of.ts';
import { requestProfiles } from './request-profiles.ts';

/** An operator waits, and no request. */
const withinMs = 10_000;

const atOnce = 1_000;

/** The users service, asked over the bus for everybody. */
export function requestAllProfiles(bus: Bus): ProfileOrigin {
  return {
    byIds: (ids) => requestProfiles(bus).byIds(ids),
    async *all() {
      let afterId: string | undefined;
      do {
        const context = { requestId: uuidv7(), deadline: Deadline.in(withinMs) };
        const { profiles } = await bus.call(listProfiles, { afterId, limit: atOnce }, context);
        yield profiles.map(profileOf);
        afterId = profiles.length === atOnce ? profiles.at(-1)?.id : undefined;
      } while (afterId !== undefined);
    },
  };
}
