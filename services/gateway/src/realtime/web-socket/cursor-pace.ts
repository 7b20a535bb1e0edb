/** Milliseconds between two cursors that go with entries to one client, and until one that is owed goes alone. */
export const cursorEveryMs = 1_000;

/** Who has been given entries and no cursor since. */
export interface CursorOwer {
  tellCursor(): void;
}

/** Sees to it that whoever is owed a cursor gets it before long, with one timer for all. */
export class CursorPace {
  readonly #owing = new Set<CursorOwer>();
  #isTimed = false;

  add(ower: CursorOwer): void {
    this.#owing.add(ower);
    if (this.#isTimed) return;
    this.#isTimed = true;
    setTimeout(() => this.#tell(), cursorEveryMs).unref();
  }

  remove(ower: CursorOwer): void {
    this.#owing.delete(ower);
  }

  #tell(): void {
    this.#isTimed = false;
    const owing = [...this.#owing];
    this.#owing.clear();
    for (const ower of owing) ower.tellCursor();
  }
}
