import { NatterError, nobodysId } from '@natter/contracts';
import { LRUCache } from 'lru-cache';
import type { Profile, Profiles, UserDirectory } from '../domain/user-directory.ts';

/** Asks the users service. @throws {NatterError} `service_unavailable` when it can't be asked. */
export interface ProfileSource {
  byIds(ids: readonly string[]): Promise<Profile[]>;
  byUsernames(usernames: readonly string[]): Promise<Profile[]>;
}

/** Which of some users somebody may know of. */
export type VisibleTo = (viewerId: string, ids: readonly string[]) => Promise<ReadonlySet<string>>;

/** For whoever may know of everyone. */
export const everyoneVisible: VisibleTo = async (_viewerId, ids) => new Set(ids);

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
  readonly #visibleTo: VisibleTo;
  readonly #byId = new LRUCache<string, Profile>({ max: cachedProfiles, ttl: cachedMs });
  readonly #byUsername = new LRUCache<string, Profile>({ max: cachedProfiles, ttl: cachedMs });

  constructor(profiles: Profiles, source: ProfileSource, visibleTo: VisibleTo) {
    this.#profiles = profiles;
    this.#source = source;
    this.#visibleTo = visibleTo;
  }

  async idOf(viewerId: string, username: string): Promise<string> {
    const [id] = await this.idsOf(viewerId, [username]);
    return id as string;
  }

  async idsOf(viewerId: string, usernames: readonly string[]): Promise<string[]> {
    const found = await this.#find(usernames, this.#byUsername, {
      kept: (names) => this.#profiles.findByUsernames(names),
      asked: (names) => this.#source.byUsernames(names),
      keyOf: (profile) => profile.username,
    });
    const visible = await this.#visibleOf(viewerId, usernames, found);
    return usernames.map((username) => {
      const id = found.get(username)?.id;
      if (id === undefined || !visible.has(id)) throw new NatterError('user_not_found');
      return id;
    });
  }

  /**
   * Of a name that nobody has it asks the same as of one whose user is hidden: else the time that it takes, or an
   * error while somebody who is asked is away, would tell the two apart.
   */
  async #visibleOf(viewerId: string, usernames: readonly string[], found: ReadonlyMap<string, Profile>) {
    const ids = usernames.map((username) => found.get(username)?.id ?? nobodysId);
    const visible = await this.#visibleTo(viewerId, ids);
    const isHidden = ({ id }: Profile) => !visible.has(id);
    const hidden = [...found.values()].filter(isHidden).map(({ username }) => username);
    if (hidden.length > 0) await this.#source.byUsernames(hidden);
    return visible;
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
