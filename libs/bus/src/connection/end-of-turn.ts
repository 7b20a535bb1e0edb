/**
 * The moment at which whatever has arrived by now has been taken up: all who wait for it in one turn of the event loop go on
 * together. The client writes what is sent together to the broker at once; one by one, each message costs a system call.
 */
export class EndOfTurn {
  #next: Promise<void> | undefined;

  reached(): Promise<void> {
    this.#next ??= new Promise((resolve) => {
      setImmediate(() => {
        this.#next = undefined;
        resolve();
      });
    });
    return this.#next;
  }
}
