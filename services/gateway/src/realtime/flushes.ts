/** What has something to write at the end of this turn of the event loop. */
export interface Flushable {
  flush(): void;
}

/** One wake-up a turn of the event loop for all sockets that got something in it, however many they are. */
export class Flushes {
  #due: Flushable[] = [];

  add(due: Flushable): void {
    if (this.#due.length === 0) setImmediate(() => this.#flush());
    this.#due.push(due);
  }

  #flush(): void {
    const due = this.#due;
    this.#due = [];
    for (const one of due) one.flush();
  }
}
