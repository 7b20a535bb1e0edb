import { namesCalledIn } from '../domain/mentions.ts';
import type { UserDirectory } from '../domain/user-directory.ts';

/** The ids of whom a text calls by name. Nobody is asked: who is a member has been heard of. */
export async function calledIn(directory: UserDirectory, content: string): Promise<string[]> {
  const names = namesCalledIn(content);
  return names.length === 0 ? [] : await directory.knownIdsOf(names);
}
