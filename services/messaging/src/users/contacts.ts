import { LRUCache } from 'lru-cache';
import type { Blocks } from '../domain/blocks.ts';
import type { Profiles } from '../domain/user-directory.ts';

/** For so long a replica takes two for welcome to each other without asking: then a block holds on every replica. */
export const welcomeMs = 200;

const cachedPairs = 20_000;

/** Who may write to whom directly. */
export class Contacts {
  readonly #blocks: Blocks;
  readonly #profiles: Profiles;
  readonly #welcome = new LRUCache<string, true>({ max: cachedPairs, ttl: welcomeMs });

  constructor(blocks: Blocks, profiles: Profiles) {
    this.#blocks = blocks;
    this.#profiles = profiles;
  }

  /** Whether the two are kept apart: by a block on either side, or because one of them is no more. */
  async areRefused([userId = '', otherId = '']: readonly string[]): Promise<boolean> {
    const pair = [userId, otherId].toSorted().join(':');
    if (this.#welcome.has(pair)) return false;
    const start = performance.now();
    const [apart, profiles] = await Promise.all([
      this.#blocks.areApart(userId, otherId),
      this.#profiles.findByIds([userId, otherId]),
    ]);
    const refused = apart || profiles.some(({ deleted }) => deleted);
    // A refusal is not kept: who takes a block back may write at once.
    if (!refused) this.#welcome.set(pair, true, { start });
    return refused;
  }
}
