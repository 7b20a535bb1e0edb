import type { Profile } from './profile.ts';

export type ProfileKeys = { readonly ids: readonly string[] } | { readonly usernames: readonly string[] };

export interface DirectoryQuery {
  /** The one who asks, and is left out. */
  readonly exceptId: string;
  /** Only these ids; undefined is everyone. */
  readonly among?: readonly string[] | undefined;
  /** Only usernames after this one. */
  readonly after: string | undefined;
  /** One of the search keys of whom is looked for; see `searchKeysOf`. */
  readonly searchKey: string | undefined;
  readonly limit: number;
}

/** Port: who there is. */
export interface Directory {
  /** Those of the asked for who exist, in any order; deleted ones are found by id only. */
  find(keys: ProfileKeys): Promise<Profile[]>;
  /** By username ascending, without deleted ones. The cost is that of the answer, whatever the size of the directory. */
  list(query: DirectoryQuery): Promise<Profile[]>;
  /** By id ascending, from after one on, the deleted ones too. */
  listAll(limit: number, afterId?: string): Promise<Profile[]>;
  /** The same of those whose account is disabled; costs as much as there are accounts. */
  listDisabled(limit: number, afterId?: string): Promise<Profile[]>;
}
