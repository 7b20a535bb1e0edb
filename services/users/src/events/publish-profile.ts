import type { Bus } from '@natter/bus';
import { userChanged } from '@natter/contracts';
import type { Profile } from '../domain/profile.ts';
import { toUserProfile } from '../user-dto.ts';

/** The same for the same version of a profile, by whomever and however often it is published. */
export function eventIdOf({ id, version }: Profile): string {
  return `${id}:${version}`;
}

export function publishProfile(bus: Bus, profile: Profile): Promise<void> {
  return bus.publish(userChanged, toUserProfile(profile), { id: eventIdOf(profile) });
}
