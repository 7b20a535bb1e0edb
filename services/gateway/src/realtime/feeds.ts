import type { Entry } from '@natter/contracts';
import { ConversationFeed, type ConversationFeedOptions } from './conversation-feed.ts';
import type { LiveEntry } from './live-events.ts';
import type { UserFeed } from './user-feed.ts';

export interface FeedsOptions {
  readonly readOn: ConversationFeedOptions['readOn'];
  /** Pushes of a conversation are wanted from now on. */
  readonly onCame: (conversationId: string) => void;
  readonly onWent: (conversationId: string) => void;
  /** What somebody missed could not be read. */
  readonly onLost: (user: UserFeed, error: unknown) => void;
}

interface Followed {
  readonly feed: ConversationFeed;
  /** After which rev it began: of what was before it knows nothing. */
  readonly began: number;
  readonly users: Set<UserFeed>;
  /** By which rev users whose feeds are here were removed: what was read before that does not make them members. */
  removals: Map<string, number> | undefined;
  /** Users who are told alone what the others know already. */
  latecomers: Map<UserFeed, Promise<void>> | undefined;
}

/**
 * Who is told of which conversation. Who is a member the log says: entries come in its order, so that nobody is told of
 * what comes after their removal, or misses what comes after they were added.
 */
export class Feeds {
  readonly #options: FeedsOptions;
  readonly #users = new Map<string, UserFeed>();
  readonly #conversations = new Map<string, Followed>();

  constructor(options: FeedsOptions) {
    this.#options = options;
  }

  user(userId: string): UserFeed | undefined {
    return this.#users.get(userId);
  }

  users(): Iterable<UserFeed> {
    return this.#users.values();
  }

  /** Before it is read of what conversations they are a member, so that nothing happens between the two. */
  addUser(user: UserFeed): void {
    this.#users.set(user.id, user);
  }

  removeUser(user: UserFeed): void {
    this.#users.delete(user.id);
    // A copy: the list is emptied meanwhile.
    for (const { id } of user.conversations.slice()) this.#unfollow(user, id);
  }

  /** Those who are told of a conversation. */
  usersOf(conversationId: string): Iterable<UserFeed> {
    return this.#conversations.get(conversationId)?.users ?? [];
  }

  conversation(conversationId: string): ConversationFeed | undefined {
    return this.#conversations.get(conversationId)?.feed;
  }

  /** Whether somebody is told of the conversation, and not yet up to `rev`. */
  isBehind(conversationId: string, rev: number): boolean {
    const delivered = this.conversation(conversationId)?.rev;
    return delivered !== undefined && delivered < rev;
  }

  /** Told of an entry by a push. */
  offer(entry: Entry): void {
    const followed = this.#conversations.get(entry.conversationId);
    if (followed === undefined) return;
    if (entry.rev <= (followed.feed.rev ?? 0)) doubt(followed);
    followed.feed.offer(entry);
    if (followed.feed.isBehind) void this.reach(entry.conversationId, entry.rev);
  }

  isFollowing(user: UserFeed, conversationId: string): boolean {
    return this.#conversations.get(conversationId)?.users.has(user) ?? false;
  }

  /**
   * The user is told of what comes after `rev`, at which they were a member, as a read said that was begun after their
   * feed was added. Resolves as `reach` does.
   *
   * @param known entries that need not be read again.
   */
  async follow(
    user: UserFeed,
    conversationId: string,
    rev: number,
    known: readonly Entry[] = [],
  ): Promise<void> {
    // Removed while it was being read what there is to follow: nobody would ever take them out again.
    if (this.#users.get(user.id) !== user) return;
    const followed = this.#conversations.get(conversationId) ?? this.#add(conversationId, rev);
    if (followed.users.has(user)) return;
    if (rev >= (followed.feed.rev ?? rev)) this.#join(followed, user);
    else if (user.streams.length > 0 || rev < followed.began) await this.#bringIn(followed, user, rev, known);
    else if ((followed.removals?.get(user.id) ?? 0) <= rev) this.#join(followed, user);
    await this.#complete(followed, () => followed.feed.begin(rev));
  }

  /** A conversation goes up to `rev` at least. Resolves when it is delivered so far, or its users are lost. */
  async reach(conversationId: string, rev: number): Promise<void> {
    const followed = this.#conversations.get(conversationId);
    if (followed !== undefined) await this.#complete(followed, () => followed.feed.reach(rev));
  }

  /** Delivers what there is more, as far as one reading shows. Resolves as `reach` does. */
  async readOn(conversationId: string): Promise<void> {
    const followed = this.#conversations.get(conversationId);
    if (followed !== undefined) await this.#complete(followed, () => followed.feed.readOn());
  }

  async #complete(followed: Followed, reach: () => Promise<void>): Promise<void> {
    try {
      await reach();
    } catch (error) {
      for (const user of followed.users) this.#options.onLost(user, error);
    }
  }

  #add(conversationId: string, began: number): Followed {
    const followed: Followed = {
      feed: new ConversationFeed({
        id: conversationId,
        readOn: this.#options.readOn,
        deliver: (live) => this.#deliver(followed, live),
      }),
      began,
      users: new Set(),
      removals: undefined,
      latecomers: undefined,
    };
    this.#conversations.set(conversationId, followed);
    this.#options.onCame(conversationId);
    return followed;
  }

  #deliver(followed: Followed, live: LiveEntry): void {
    const { entry } = live;
    // With the last of its users gone somebody may still be reading it, and another have begun.
    if (this.#conversations.get(entry.conversationId) !== followed) return;
    for (const userId of joinedBy(entry)) {
      const user = this.#users.get(userId);
      if (user !== undefined) this.#join(followed, user);
    }
    for (const user of followed.users) user.deliver(live);
    if (entry.type === 'member.removed') this.#removed(followed, entry.data.userId, entry.rev);
  }

  /** One attempt after the other: what one has told the next must not tell. */
  async #bringIn(followed: Followed, user: UserFeed, rev: number, known: readonly Entry[]): Promise<void> {
    followed.latecomers ??= new Map();
    while (followed.latecomers.has(user)) await followed.latecomers.get(user);
    // Told by another attempt, or lost.
    if (followed.users.has(user) || this.#users.get(user.id) !== user) return;
    // The others have what this one misses: it is lost alone.
    const coming = this.#tellAlone(followed, user, rev, known).catch((error: unknown) =>
      this.#options.onLost(user, error),
    );
    followed.latecomers.set(user, coming);
    await coming;
    followed.latecomers.delete(user);
    this.#closeUnused(followed);
  }

  async #tellAlone(followed: Followed, user: UserFeed, rev: number, known: readonly Entry[]): Promise<void> {
    const latecomer = new Latecomer(user, rev);
    for (const entry of known) latecomer.take(entry);
    while (latecomer.rev < (followed.feed.rev ?? 0)) {
      const { entries } = await this.#options.readOn(followed.feed.id, latecomer.rev);
      if (entries.length === 0) break;
      for (const entry of entries) latecomer.take(entry);
    }
    if (latecomer.isMember && this.#users.get(user.id) === user) this.#join(followed, user);
  }

  #join(followed: Followed, user: UserFeed): void {
    followed.removals?.delete(user.id);
    if (followed.users.has(user)) return;
    followed.users.add(user);
    user.follow(followed.feed);
  }

  #removed(followed: Followed, userId: string, rev: number): void {
    const user = this.#users.get(userId);
    if (user === undefined) return;
    followed.removals ??= new Map();
    followed.removals.set(userId, rev);
    this.#unfollow(user, followed.feed.id);
  }

  #unfollow(user: UserFeed, conversationId: string): void {
    const followed = this.#conversations.get(conversationId);
    if (followed === undefined) return;
    if (followed.users.delete(user)) user.unfollow(followed.feed);
    this.#closeUnused(followed);
  }

  #closeUnused(followed: Followed): void {
    const { feed, users, latecomers } = followed;
    // Who is told alone at this moment is about to join the others, or would be the only one.
    const isUsed = users.size > 0 || (latecomers?.size ?? 0) > 0;
    if (isUsed || this.#conversations.get(feed.id) !== followed) return;
    this.#conversations.delete(feed.id);
    this.#options.onWent(feed.id);
  }
}

/** A user who follows a conversation from a rev on that the others are beyond. */
class Latecomer {
  readonly #user: UserFeed;
  #rev: number;
  #isMember = true;

  constructor(user: UserFeed, rev: number) {
    this.#user = user;
    this.#rev = rev;
  }

  get rev(): number {
    return this.#rev;
  }

  get isMember(): boolean {
    return this.#isMember;
  }

  take(entry: Entry): void {
    if (entry.rev !== this.#rev + 1) return;
    this.#rev = entry.rev;
    if (joinedBy(entry).includes(this.#user.id)) this.#isMember = true;
    if (this.#isMember) this.#user.deliver({ entry, json: JSON.stringify(entry) });
    if (entry.type === 'member.removed' && entry.data.userId === this.#user.id) this.#isMember = false;
  }
}

/** An old rev comes where it was read before it was pushed; or because the logs were put back to an earlier moment. */
function doubt({ users }: Followed): void {
  const [user] = users;
  if (user !== undefined) user.renewAt = 0;
}

/** Whom an entry makes members. */
function joinedBy({ type, data }: Entry): readonly string[] {
  if (type === 'conversation.created') return data.members.map(({ id }) => id);
  return type === 'member.added' ? [data.userId] : [];
}
