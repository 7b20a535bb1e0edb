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
    for (const { conversationId, rev } of page.heads) {
      feeds.follow(user, conversationId, rev);
      void feeds.begin(conversationId, rev);
    }
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
  const delivered = feeds.conversation(id)?.rev;
  if ('left' in conversation && (delivered ?? 0) >= head) return;
  feeds.follow(user, id, head);
  if (delivered === undefined) await settled();
  await feeds.begin(id, (entries[0]?.rev ?? head + 1) - 1);
  for (const entry of entries) feeds.offer(entry);
  await feeds.reach(id, head);
  // What came between that reading and the first push to be heard.
  if (delivered === undefined) await feeds.readOn(id);
}

/** Has the user told of a conversation that they are in since its entry at `rev`. */
export async function joinConversation(
  user: UserFeed,
  { conversationId, rev }: { conversationId: string; rev: number },
  { feeds, settled }: Pick<Synchronising, 'feeds' | 'settled'>,
): Promise<void> {
  // Where it is followed already, its log says who is a member.
  if (feeds.conversation(conversationId) === undefined) {
    feeds.follow(user, conversationId, rev);
    await settled();
    await feeds.begin(conversationId, rev - 1);
  }
  await feeds.reach(conversationId, rev);
}
