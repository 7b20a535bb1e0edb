import type { LivePosition, SyncedConversation } from '@natter/contracts';
import type { Feeds } from './feeds.ts';
import type { RealtimeReads } from './realtime-reads.ts';
import type { UserFeed } from './user-feed.ts';

/** The logs are not those any more that were being followed: they were put back to an earlier moment. */
export class AnotherEpochError extends Error {
  override readonly name = 'AnotherEpochError';
}

export interface Synchronising {
  readonly feeds: Feeds;
  readonly reads: Pick<RealtimeReads, 'heads' | 'sync'>;
  /** Resolves when pushes of every conversation that is followed are heard. */
  readonly settled: () => Promise<void>;
}

/**
 * Has the user told of all their conversations from now on. Heads are read first, then pushes are heard, and then what
 * changed between the two is read.
 *
 * @throws what reading threw.
 */
export async function openUser(user: UserFeed, world: Synchronising): Promise<void> {
  const { feeds, reads, settled } = world;
  let afterId: string | undefined;
  let begun: LivePosition | undefined;
  do {
    const page = await reads.heads(user.id, afterId);
    begun ??= page.position.kind === 'changes' ? page.position : undefined;
    await Promise.all(page.heads.map(({ conversationId, rev }) => feeds.follow(user, conversationId, rev)));
    afterId = page.hasMore ? page.heads.at(-1)?.conversationId : undefined;
  } while (afterId !== undefined);
  if (begun === undefined) throw new Error('heads came without a position');
  user.begin(begun);
  await settled();
  await synchronise(user, world);
}

/** Compares what was delivered to a user with the logs, and delivers what was missed. @throws as `openUser`. */
export async function synchronise(user: UserFeed, world: Synchronising): Promise<void> {
  user.beginSync();
  let { position } = user;
  const { epoch } = position;
  for (let hasMore = true; hasMore; ) {
    const page = await world.reads.sync(user.id, position);
    if (page.position.epoch !== epoch || page.position.kind !== 'changes') throw new AnotherEpochError();
    for (const item of page.conversations) await bringUp(user, item, world);
    ({ position } = page);
    hasMore = page.hasMore;
  }
  user.synced(position);
}

/** Delivers what of one conversation is not delivered yet. */
async function bringUp(
  user: UserFeed,
  item: SyncedConversation,
  { feeds, settled }: Synchronising,
): Promise<void> {
  if (!('entries' in item)) return;
  const { entries, conversation } = item;
  const id = conversation.id as string;
  const head = 'left' in conversation ? (entries.at(-1)?.rev ?? 0) : conversation.rev;
  if (!feeds.isFollowing(user, id)) {
    // A removal that was delivered meanwhile is newer than what was read.
    if (user.revOf(id) >= head) return;
    // Who is removed is told by their streams what they missed until then.
    if ('left' in conversation && user.streams.length === 0) return;
  }
  const isNew = feeds.conversation(id) === undefined;
  let after: number;
  do {
    after = Math.max((entries[0]?.rev ?? head + 1) - 1, user.revOf(id));
    const following = feeds.follow(user, id, after, entries);
    for (const entry of entries) feeds.offer(entry);
    await following;
    await feeds.reach(id, head);
    // Removed by one of the entries, and added again by one after it.
  } while (!feeds.isFollowing(user, id) && user.revOf(id) > after && user.revOf(id) < head);
  if (isNew) await hear(id, { feeds, settled });
}

/** What came between a reading and the first push to be heard is read, too. */
async function hear(conversationId: string, { feeds, settled }: Pick<Synchronising, 'feeds' | 'settled'>) {
  await settled();
  await feeds.readOn(conversationId);
}

/** Has the user told of a conversation that they are in since its entry at `rev`. */
export async function joinConversation(
  user: UserFeed,
  { conversationId, rev }: { conversationId: string; rev: number },
  { feeds, settled }: Pick<Synchronising, 'feeds' | 'settled'>,
): Promise<void> {
  // They have been told of that, and perhaps of their removal since.
  if (user.revOf(conversationId) >= rev) return;
  const delivered = feeds.conversation(conversationId)?.rev;
  // Its log makes them a member.
  if (delivered !== undefined && delivered < rev) return feeds.reach(conversationId, rev);
  await feeds.follow(user, conversationId, Math.max(rev - 1, user.revOf(conversationId)));
  await feeds.reach(conversationId, rev);
  if (delivered === undefined) await hear(conversationId, { feeds, settled });
}
