import type { Bus } from '@natter/bus';
import { conversationJoined, type Entry as EntryDto, entryPushed, joiningGroupOf } from '@natter/contracts';
import type { Entry } from '../domain/entry.ts';
import type { UserDirectory } from '../domain/user-directory.ts';
import { viewEntries } from '../handlers/entry-view.ts';
import { Batcher } from '../log/batcher.ts';
import type { HeadReports } from './head-reports.ts';
import { joinedBy } from './joined-by.ts';

/** How many changes' entries are shown together. */
const maxBatch = 128;

export interface EntryPushesOptions {
  bus: Pick<Bus, 'hint'>;
  directory: UserDirectory;
  reports: Pick<HeadReports, 'add'>;
  /** Told of entries that nobody was told of: whoever waits for them finds them in the log. */
  onFailure: (error: unknown, failed: number) => void;
}

/**
 * Tells gateways of entries that everyone can read by now, each once however many members there are. Nothing waits for
 * it, and it may be lost: a gateway that misses one finds it in the log.
 */
export class EntryPushes {
  readonly #options: EntryPushesOptions;
  readonly #batches: Batcher<readonly Entry[], unknown>;

  constructor(options: EntryPushesOptions) {
    this.#options = options;
    this.#batches = new Batcher((batch) => this.#push(batch), maxBatch);
  }

  add(entries: readonly Entry[]): void {
    void this.#batches.add(entries);
  }

  /** Resolves when nothing waits to be pushed. */
  idle(): Promise<void> {
    return this.#batches.idle();
  }

  async #push(batch: readonly (readonly Entry[])[]): Promise<readonly unknown[]> {
    const { bus, directory, reports, onFailure } = this.#options;
    const entries = batch.flat();
    try {
      for (const entry of await viewEntries(directory, entries)) {
        bus.hint(entryPushed, entry, { address: entry.conversationId });
        tellJoined(bus, entry);
      }
    } catch (error) {
      onFailure(error, entries.length);
    } finally {
      reports.add(entries);
    }
    return batch;
  }
}

/** Who was in none of a gateway's conversations has nobody there who listens for this one. */
function tellJoined(bus: Pick<Bus, 'hint'>, entry: EntryDto): void {
  const { conversationId, rev } = entry;
  for (const [address, userIds] of Map.groupBy(joinedBy(entry), joiningGroupOf))
    bus.hint(conversationJoined, { conversationId, rev, userIds }, { address });
}
