import { type Bus, Deadline } from '@natter/bus';
import { listProfiles, type UserProfile } from '@natter/contracts';
import { uuidv7 } from 'uuidv7';

const withinMs = 10_000;

const atOnce = 1_000;

/** The longest that a username can be. */
const usernameWidth = 32;

/** Says a line for each account. Their ids, by which they come, grow with the time at which they were made. */
export async function listUsers(bus: Bus, say: (line: string) => void): Promise<void> {
  const disabled = new Set<string>();
  for await (const { id } of allProfiles(bus, { disabled: true })) disabled.add(id);
  for await (const profile of allProfiles(bus)) {
    if (!profile.deleted) say(lineOf(profile, disabled.has(profile.id)));
  }
}

async function* allProfiles(bus: Bus, which: { disabled?: true } = {}): AsyncGenerator<UserProfile> {
  let afterId: string | undefined;
  do {
    const context = { requestId: uuidv7(), deadline: Deadline.in(withinMs) };
    const { profiles } = await bus.call(listProfiles, { ...which, afterId, limit: atOnce }, context);
    yield* profiles;
    afterId = profiles.length === atOnce ? profiles.at(-1)?.id : undefined;
  } while (afterId !== undefined);
}

function lineOf({ username, created, displayName }: UserProfile, disabled: boolean): string {
  const line = `${username.padEnd(usernameWidth)}  ${created.slice(0, 10)}  ${displayName}`;
  return disabled ? `${line}  (disabled)` : line;
}
