import type { Lifecycle } from './lifecycle.ts';

/** What is needed to know of a connection to a database to look after it, whoever makes it. */
interface HeldDatabase {
  open(stopping: AbortSignal): Promise<void>;
  ping(): Promise<boolean>;
}

/** A service's connection to its database: counts in its health from the first moment, until it is open as not ready. */
export class ServiceDatabase {
  readonly #lifecycle: Lifecycle;
  readonly #database: HeldDatabase;
  #indexed = false;

  constructor(lifecycle: Lifecycle, database: HeldDatabase) {
    this.#lifecycle = lifecycle;
    this.#database = database;
    lifecycle.health.add({ name: 'mongodb', ready: () => database.ping() });
    lifecycle.health.add({ name: 'indexes', ready: () => this.#indexed });
  }

  /**
   * Resolves when the database has answered, however long that takes, and has what `prepare` makes: its indexes.
   *
   * @throws what opening it and `prepare` do.
   */
  async open(prepare: () => Promise<void>): Promise<void> {
    await this.#database.open(this.#lifecycle.stopping);
    await prepare();
    this.#indexed = true;
  }
}
