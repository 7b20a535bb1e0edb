import { type Bus, Deadline } from '@natter/bus';
import { listProfiles, type UserProfile } from '@natter/contracts';
import { uuidv7 } from 'uuidv7';

const withinMs = 10_000;

const atOnce = 1_000;

/** The longest that a username can be. */
const usernameWidth = 32;

/** Says a line for each account. Their ids, by which they come, grow with the time at which they were made. */
export async function listUsers(bus: Bus, say: (line: string) => void): Promise<void> {
  let afterId: string | undefined;
  do {
    const context = { requestId: uuidv7(), deadline: Deadline.in(withinMs) };
    const { profiles } = await bus.call(listProfiles, { afterId, limit: atOnce }, context);
    for (const profile of profiles) if (!profile.deleted) say(lineOf(profile));
    afterId = profiles.length === atOnce ? profiles.at(-1)?.id : undefined;
  } while (afterId !== undefined);
}

function lineOf({ username, created, displayName }: UserProfile): string {
  return `${username.padEnd(usernameWidth)}  ${created.slice(0, 10)}  ${displayName}`;
}
