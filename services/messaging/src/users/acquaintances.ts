import { LRUCache } from 'lru-cache';
import type { Projections } from '../domain/projections.ts';

/** For so long after the last conversation that two shared has gone they may still find each other. */
const cachedMs = 1_000;

const cachedPairs = 20_000;

/** Who knows whom: whoever shares a conversation. */
export class Acquaintances {
  readonly #projections: Pick<Projections, 'findAcquaintances'>;
  readonly #known = new LRUCache<string, true>({ max: cachedPairs, ttl: cachedMs });

  constructor(projections: Pick<Projections, 'findAcquaintances'>) {
    this.#projections = projections;
  }

  /** Those of the users whom a user knows, themselves too. */
  async among(userId: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const pairOf = (id: string) => `${userId}:${id}`;
    const known = ids.filter((id) => id === userId || this.#known.has(pairOf(id)));
    const asked = ids.filter((id) => !known.includes(id));
    if (asked.length === 0) return new Set(known);
    const found = await this.#projections.findAcquaintances(userId, asked);
    // Who is unknown may be known in a moment, and is asked about again.
    for (const id of found) this.#known.set(pairOf(id), true);
    return new Set([...known, ...found]);
  }
}
