import { AsyncResource } from 'node:async_hooks';
import type { ConversationLog } from '../domain/conversation-log.ts';
import type { Entry } from '../domain/entry.ts';
import { Batcher } from './batcher.ts';

/** Beyond this many entries on their way, further ones are left to the sweeper. */
const maxHeld = 10_000;

/** How many appends' entries go out together. */
const maxBatch = 128;

export interface RelayOptions {
  log: ConversationLog;
  /** Resolves once the messenger has the entry; given twice, it may pass it on once. */
  publish: (entry: Entry) => Promise<void>;
  /** Told of entries that stay marked, so that the sweeper takes them up again. */
  onFailure: (error: unknown, failed: number) => void;
}

interface Appended {
  entries: readonly Entry[];
  /** The asynchronous context in which they were appended, so that a trace shows its own entries. */
  origin: AsyncResource;
}

/** Publishes what was appended, and only then takes the mark off: a crash between the two gives a repeat. */
export class Relay {
  readonly #options: RelayOptions;
  readonly #held = new Set<string>();
  readonly #batches: Batcher<Appended, unknown>;

  constructor(options: RelayOptions) {
    this.#options = options;
    this.#batches = new Batcher((batch) => this.#relay(batch), maxBatch);
  }

  add(entries: readonly Entry[]): void {
    if (this.#held.size >= maxHeld) return;
    for (const { id } of entries) this.#held.add(id);
    void this.#batches.add({ entries, origin: new AsyncResource('Appended') });
  }

  /** Whether the entry is on its way already. */
  holds(entry: Entry): boolean {
    return this.#held.has(entry.id);
  }

  /** Resolves when nothing is on its way any more. */
  idle(): Promise<void> {
    return this.#batches.idle();
  }

  async #relay(batch: readonly Appended[]): Promise<readonly unknown[]> {
    const entries = batch.flatMap((appended) => appended.entries);
    try {
      const results = await Promise.allSettled(
        batch.flatMap(({ entries: own, origin }) =>
          own.map((entry) => origin.runInAsyncScope(() => this.#options.publish(entry))),
        ),
      );
      const failures = results.filter((result) => result.status === 'rejected');
      if (failures[0]) this.#options.onFailure(failures[0].reason, failures.length);
      await this.#options.log.unmark(entries.filter((_, index) => results[index]?.status === 'fulfilled'));
    } catch (error) {
      this.#options.onFailure(error, entries.length);
    } finally {
      for (const entry of entries) this.#held.delete(entry.id);
    }
    return batch;
  }
}
