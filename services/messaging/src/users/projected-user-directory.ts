import { NatterError } from '@natter/contracts';
import { LRUCache } from 'lru-cache';
import type { Profile, Profiles, UserDirectory } from '../domain/user-directory.ts';

/** Asks the users service. @throws {NatterError} `service_unavailable` when it can't be asked. */
export interface ProfileSource {
  byIds(ids: readonly string[]): Promise<Profile[]>;
  byUsernames(usernames: readonly string[]): Promise<Profile[]>;
}

/** A change of a profile shows everywhere within this time. */
const cachedMs = 2_000;

const cachedProfiles = 20_000;

/**
 * Who is who, by what messaging keeps of the users; whom it has not heard of yet it asks for, once. So a user who
 * was made a moment ago can be written to at once, and the users service may be down without anybody noticing.
 */
export class ProjectedUserDirectory implements UserDirectory {
  readonly #profiles: Profiles;
  readonly #source: ProfileSource;
  readonly #byId = new LRUCache<string, Profile>({ max: cachedProfiles, ttl: cachedMs });
  readonly #byUsername = new LRUCache<string, Profile>({ max: cachedProfiles, ttl: cachedMs });

  constructor(profiles: Profiles, source: ProfileSource) {
    this.#profiles = profiles;
    this.#source = source;
  }

  async idOf(username: string): Promise<string> {
    const [id] = await this.idsOf([username]);
    return id as string;
  }

  async idsOf(usernames: readonly string[]): Promise<string[]> {
    const found = await this.#find(usernames, this.#byUsername, {
      kept: (names) => this.#profiles.findByUsernames(names),
      asked: (names) => this.#source.byUsernames(names),
      keyOf: (profile) => profile.username,
    });
    return usernames.map((username) => {
      const profile = found.get(username);
      if (profile === undefined) throw new NatterError('user_not_found');
      return profile.id;
    });
  }

  async knownIdsOf(usernames: readonly string[]): Promise<string[]> {
    const found = await this.#find(usernames, this.#byUsername, {
      kept: (names) => this.#profiles.findByUsernames(names),
      keyOf: (profile) => profile.username,
    });
    return usernames.flatMap((username) => found.get(username)?.id ?? []);
  }

  profilesOf(ids: readonly string[]): Promise<ReadonlyMap<string, Profile>> {
    return this.#find(ids, this.#byId, {
      kept: (missing) => this.#profiles.findByIds(missing),
      asked: (missing) => this.#source.byIds(missing),
      keyOf: (profile) => profile.id,
    });
  }

  /** From the cache, else from the projection, else from the users service. */
  async #find(
    keys: readonly string[],
    cache: LRUCache<string, Profile>,
    { kept, asked, keyOf }: Lookup,
  ): Promise<ReadonlyMap<string, Profile>> {
    const found = new Map<string, Profile>();
    const missing = () => keys.filter((key) => !found.has(key));
    const add = (profiles: readonly Profile[]) => {
      for (const profile of profiles) found.set(keyOf(profile), profile);
    };
    add(keys.flatMap((key) => cache.get(key) ?? []));
    if (missing().length > 0) add(await kept(missing()));
    if (asked !== undefined && missing().length > 0) {
      const answered = await asked(missing());
      await this.#profiles.save(answered);
      add(answered);
    }
    for (const [key, profile] of found) if (!cache.has(key)) cache.set(key, profile);
    return new Map([...found].filter(([, { deleted }]) => !deleted));
  }
}

interface Lookup {
  kept: (keys: readonly string[]) => Promise<Profile[]>;
  asked?: (keys: readonly string[]) => Promise<Profile[]>;
  keyOf: (profile: Profile) => string;
}
