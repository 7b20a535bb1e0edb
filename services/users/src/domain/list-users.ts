import type { Directory } from './directory.ts';
import type { Profile } from './profile.ts';
import { foldCase } from './search-keys.ts';
import { decodeUserCursor, encodeUserCursor } from './user-cursor.ts';

export interface ListUsers {
  callerId: string;
  limit: number;
  cursor?: string | undefined;
  /** Only of these; undefined is everyone. */
  among?: readonly string[] | undefined;
  /** A prefix of the username or of the display name. */
  q?: string | undefined;
}

export interface UserPage {
  profiles: Profile[];
  /** The cursor of the page after this one. */
  next: string | null;
}

/** One user more than the page holds is read, to know whether there is another page. */
export async function pageOfUsers(directory: Directory, command: ListUsers): Promise<UserPage> {
  const found = await directory.list({
    exceptId: command.callerId,
    among: command.among,
    after: command.cursor === undefined ? undefined : decodeUserCursor(command.cursor),
    searchKey: command.q ? foldCase(command.q) : undefined,
    limit: command.limit + 1,
  });
  const profiles = found.slice(0, command.limit);
  const last = profiles.at(-1);
  return { profiles, next: last && found.length > profiles.length ? encodeUserCursor(last.username) : null };
}
