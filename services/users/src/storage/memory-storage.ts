import { usernameSkeletonOf } from '@natter/contracts';
import type { Account, Accounts } from '../domain/account.ts';
import { inviteNotGood } from '../domain/admit.ts';
import type { Directory, DirectoryQuery, ProfileKeys } from '../domain/directory.ts';
import type { Invite, Invites } from '../domain/invite.ts';
import type { Outbox } from '../domain/outbox.ts';
import type { Profile } from '../domain/profile.ts';
import { searchKeysOf } from '../domain/search-keys.ts';
import type { Storage } from '../domain/storage.ts';
import { MemoryAuditLog } from './memory-audit-log.ts';
import { MemorySessions } from './memory-sessions.ts';

/** The storage in memory, for tests: the same obligations, but for outliving the process. */
export function createMemoryStorage(): Storage {
  const users = new MemoryUsers();
  return {
    accounts: users,
    directory: users,
    outbox: users,
    sessions: new MemorySessions(),
    audit: new MemoryAuditLog(),
    invites: new MemoryInvites(users),
  };
}

class MemoryUsers implements Accounts, Directory, Outbox {
  readonly #byUsername = new Map<string, Account>();
  readonly #marked = new Set<string>();

  async add(account: Account): Promise<boolean> {
    const skeleton = usernameSkeletonOf(account.username);
    if ([...this.#byUsername.keys()].some((username) => usernameSkeletonOf(username) === skeleton))
      return false;
    if (account.invite !== undefined && this.isUsed(account.invite)) throw inviteNotGood();
    this.#byUsername.set(account.username, account);
    this.#marked.add(account.id);
    return true;
  }

  isUsed(invite: string): boolean {
    return [...this.#byUsername.values()].some((account) => account.invite === invite);
  }

  async findByUsername(username: string): Promise<Account | undefined> {
    const account = this.#byUsername.get(username);
    return account?.deleted ? undefined : account;
  }

  async findById(id: string): Promise<Account | undefined> {
    return this.#byId(id);
  }

  async replace(next: Account): Promise<boolean> {
    const current = this.#byId(next.id);
    if (current?.version !== next.version - 1) return false;
    this.#byUsername.set(next.username, next);
    this.#marked.add(next.id);
    return true;
  }

  async replaceSecondFactor({ id, secondFactor, version }: Account): Promise<boolean> {
    const current = this.#byId(id);
    if (current?.version !== version - 1) return false;
    const { secondFactor: _, ...rest } = current;
    this.#byUsername.set(current.username, { ...rest, ...(secondFactor && { secondFactor }), version });
    return true;
  }

  async listWithSecondFactor(limit: number, afterId = ''): Promise<Account[]> {
    return [...this.#byUsername.values()]
      .filter(({ id, secondFactor }) => secondFactor?.confirmed && id > afterId)
      .toSorted((one, other) => (one.id < other.id ? -1 : 1))
      .slice(0, limit);
  }

  async find(keys: ProfileKeys): Promise<Profile[]> {
    return this.#profiles().filter(({ id, username, deleted }) =>
      'ids' in keys ? keys.ids.includes(id) : !deleted && keys.usernames.includes(username),
    );
  }

  async list({ exceptId, among, after = '', searchKey, limit }: DirectoryQuery): Promise<Profile[]> {
    return this.#profiles()
      .filter((profile) => !profile.deleted && profile.id !== exceptId && profile.username > after)
      .filter((profile) => among === undefined || among.includes(profile.id))
      .filter((profile) => searchKey === undefined || searchKeysOf(profile).includes(searchKey))
      .toSorted((one, other) => (one.username < other.username ? -1 : 1))
      .slice(0, limit);
  }

  async listAll(limit: number, afterId = ''): Promise<Profile[]> {
    return this.#profiles()
      .filter(({ id }) => id > afterId)
      .toSorted((one, other) => (one.id < other.id ? -1 : 1))
      .slice(0, limit);
  }

  async listDisabled(limit: number, afterId?: string): Promise<Profile[]> {
    const disabled = new Set(
      [...this.#byUsername.values()].filter((one) => one.disabled).map(({ id }) => id),
    );
    const all = await this.listAll(Infinity, afterId);
    return all.filter(({ id }) => disabled.has(id)).slice(0, limit);
  }

  async readMarked(limit: number): Promise<Profile[]> {
    return this.#profiles()
      .filter(({ id }) => this.#marked.has(id))
      .slice(0, limit);
  }

  async unmark(profile: Profile): Promise<void> {
    const [current] = await this.find({ ids: [profile.id] });
    if (current?.version === profile.version) this.#marked.delete(profile.id);
  }

  #byId(id: string): Account | undefined {
    return [...this.#byUsername.values()].find((account) => account.id === id);
  }

  #profiles(): Profile[] {
    return [...this.#byUsername.values()].map(profileOf);
  }
}

function profileOf({ id, username, displayName, created, receipts, deleted, version }: Account): Profile {
  return { id, username, displayName, created, receipts, deleted, version };
}

class MemoryInvites implements Invites {
  readonly #invites = new Map<string, Invite>();
  readonly #users: MemoryUsers;

  constructor(users: MemoryUsers) {
    this.#users = users;
  }

  async add(invite: Invite): Promise<void> {
    this.#invites.set(invite.hash, invite);
  }

  async findUnused(hash: string): Promise<Invite | undefined> {
    return this.#users.isUsed(hash) ? undefined : this.#invites.get(hash);
  }
}
