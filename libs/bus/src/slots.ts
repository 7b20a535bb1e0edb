/**
 * What is under way, each under a number that is free again when it is over.
 *
 * Not a Map or a Set: of those V8 makes a new table whenever as many have come and gone as it has places, and the old
 * table keeps what it had, and a way to the next. Once one is among what the collector takes for long-lived, so is
 * whatever comes later, with all that hangs on it, until the next collection of everything: see docs/decisions/0024.
 */
export class Slots<T> {
  readonly #items: (T | undefined)[] = [];
  readonly #free: number[] = [];

  get size(): number {
    return this.#items.length - this.#free.length;
  }

  /** @returns its number. */
  add(item: T): number {
    const slot = this.#free.pop() ?? this.#items.length;
    this.#items[slot] = item;
    return slot;
  }

  at(slot: number): T | undefined {
    return this.#items[slot];
  }

  /** Does nothing where the number is free. */
  remove(slot: number): void {
    if (this.#items[slot] === undefined) return;
    this.#items[slot] = undefined;
    this.#free.push(slot);
  }

  /** All that are under way now, with their numbers. */
  entries(): [number, T][] {
    return [...this.#items.entries()].filter((entry): entry is [number, T] => entry[1] !== undefined);
  }
}
