import type { Entry as EntryDto } from '@natter/contracts';
import type { Entry } from '../domain/entry.ts';
import type { UserDirectory } from '../domain/user-directory.ts';
import { usernameIn } from './message-view.ts';

/** Entries as everyone who may read them sees them. */
export async function viewEntries(
  directory: Pick<UserDirectory, 'profilesOf'>,
  entries: readonly Entry[],
): Promise<EntryDto[]> {
  const profiles = await directory.profilesOf([...new Set(entries.map(({ actorId }) => actorId))]);
  return entries.map(({ id: _id, key: _key, ...entry }) => {
    const view = { ...entry, actor: usernameIn(profiles, entry.actorId), at: entry.at.toISOString() };
    return view as EntryDto;
  });
}
