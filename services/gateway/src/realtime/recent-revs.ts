/** So many conversations at most: that is how many a cursor names. */
const most = 32;

interface Known {
  readonly id: string;
  readonly rev: number;
  older: Known | undefined;
}

/**
 * The revs of those conversations in which something happened last. A list, not a Map: most users have few of them at a
 * time, there is one for each user who is connected, and an empty Map takes more than three of these.
 */
export class RecentRevs implements Iterable<[id: string, rev: number]> {
  #latest: Known | undefined;

  /** 0 where it is not among them. */
  of(conversationId: string): number {
    for (let known = this.#latest; known !== undefined; known = known.older) {
      if (known.id === conversationId) return known.rev;
    }
    return 0;
  }

  /** It is the latest from now on. @returns whether all that were there still are. */
  set(conversationId: string, rev: number): boolean {
    this.#latest = { id: conversationId, rev, older: this.#latest };
    let count = 1;
    for (let known = this.#latest; known.older !== undefined; known = known.older) {
      if (known.older.id === conversationId) {
        known.older = known.older.older;
        return true;
      }
      count += 1;
      if (count > most) {
        known.older = undefined;
        return false;
      }
    }
    return true;
  }

  clear(): void {
    this.#latest = undefined;
  }

  /** The least recent first. */
  [Symbol.iterator](): Iterator<[id: string, rev: number]> {
    const all: [string, number][] = [];
    for (let known = this.#latest; known !== undefined; known = known.older) all.push([known.id, known.rev]);
    return all.toReversed().values();
  }
}
