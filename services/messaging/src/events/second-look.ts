import type { AppendedEntries } from '../domain/appended-entries.ts';
import type { Entry } from '../domain/entry.ts';
import { syncMarginMs } from '../domain/sync-margin.ts';

const entriesAtOnce = 200;

export interface SecondLookOptions {
  entries: AppendedEntries;
  /** What is done about entries whose events may have been lost, one after the other; each bears repetition. */
  handlers: readonly ((entries: readonly Entry[]) => Promise<unknown>)[];
  now: () => Date;
}

/**
 * Goes through all entries once more, in the order of their ids, when they are a minute old, whatever became of their
 * events. An entry has its id, and the time in it, some seconds before it is in the log: so much clocks may differ.
 */
export class SecondLook {
  readonly #options: SecondLookOptions;

  constructor(options: SecondLookOptions) {
    this.#options = options;
  }

  /**
   * Looks at all that is old enough by now. Several processes may, at the same moment too.
   *
   * @throws what reading or a handler threw; the next look begins with the same entries.
   */
  async look(signal: AbortSignal): Promise<void> {
    const { entries, now } = this.#options;
    const before = firstIdOf(now().getTime() - syncMarginMs);
    let after = await entries.reached();
    if (after === undefined) return await entries.advance(before);
    while (after < before && !signal.aborted) after = await this.#lookOn(after, before);
  }

  /** @returns how far it has got. */
  async #lookOn(after: string, before: string): Promise<string> {
    const { entries, handlers } = this.#options;
    const found = await entries.readBetween(after, before, entriesAtOnce);
    if (found.length > 0) for (const handle of handlers) await handle(found);
    const reached = found[entriesAtOnce - 1]?.id ?? before;
    await entries.advance(reached);
    return reached;
  }
}

/** The lowest id of the version 7 (RFC 9562, 5.7) that is made in that millisecond. */
function firstIdOf(time: number): string {
  const digits = time.toString(16).padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}-7000-8000-000000000000`;
}
