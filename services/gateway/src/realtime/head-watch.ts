import type { headsReported, PushedBy } from '@natter/contracts';
import type { Feeds } from './feeds.ts';
import { workOff } from './work-off.ts';

type Report = PushedBy<typeof headsReported>;

/** Milliseconds after which a process that says nothing has died: it reports every 5 s. */
const silentMs = 15_000;

/** Conversations that are read at once where pushes of them did not come. */
const readAtOnce = 16;

export interface HeadWatchOptions {
  readonly feeds: Pick<Feeds, 'isBehind' | 'isFollowing' | 'reach' | 'user'>;
  /** A user is in a conversation since its entry at `rev`, and does not follow it. */
  readonly onJoined: (userId: string, conversation: { conversationId: string; rev: number }) => void;
  /** Pushes may be lost that no report will tell of. */
  readonly onDoubt: () => void;
  readonly clock: { now(): number };
}

interface Known {
  readonly number: number;
  readonly heardAt: number;
}

/**
 * Hears the reports of what was pushed. One that is missing is noticed by the number of the next, and a process that dies
 * before its last by its silence.
 */
export class HeadWatch {
  readonly #options: HeadWatchOptions;
  readonly #known = new Map<string, Known>();
  /** Until then processes may be heard of that have been there before. */
  #newUntil: number;

  constructor(options: HeadWatchOptions) {
    this.#options = options;
    this.#newUntil = options.clock.now() + silentMs;
  }

  hear({ processId, number, heads, joined, last }: Report): void {
    const { onDoubt, clock } = this.#options;
    const now = clock.now();
    const before = this.#known.get(processId)?.number ?? (now < this.#newUntil ? number - 1 : 0);
    if (number !== before + 1) onDoubt();
    if (last) this.#known.delete(processId);
    else this.#known.set(processId, { number, heardAt: now });
    this.#compareHeads(heads);
    this.#compareJoined(joined);
  }

  /** NATS was away and is back: what was said meanwhile is read by other means. */
  forget(): void {
    this.#known.clear();
    this.#newUntil = this.#options.clock.now() + silentMs;
  }

  /** Call it every second while NATS is there. */
  tick(): void {
    const now = this.#options.clock.now();
    for (const [processId, { heardAt }] of this.#known) {
      if (now - heardAt <= silentMs) continue;
      this.#known.delete(processId);
      this.#options.onDoubt();
    }
  }

  #compareHeads(heads: Report['heads']): void {
    const { feeds } = this.#options;
    const missed = heads.filter(({ conversationId, rev }) => feeds.isBehind(conversationId, rev));
    void workOff(missed, readAtOnce, ({ conversationId, rev }) => feeds.reach(conversationId, rev));
  }

  #compareJoined(joined: Report['joined']): void {
    const { feeds, onJoined } = this.#options;
    for (const { userId, ...conversation } of joined) {
      const user = feeds.user(userId);
      if (user && !feeds.isFollowing(user, conversation.conversationId)) onJoined(userId, conversation);
    }
  }
}
