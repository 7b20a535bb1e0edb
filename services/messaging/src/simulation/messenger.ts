import type { Entry } from '../domain/entry.ts';
import type { Line } from './line.ts';
import type { Violations } from './violation.ts';

/** What entries are published to. It remembers what it was given, however often. */
export class Messenger {
  readonly #published = new Set<string>();
  readonly #isStored: (entryId: string) => boolean;
  readonly #violations: Violations;

  constructor(isStored: (entryId: string) => boolean, violations: Violations) {
    this.#isStored = isStored;
    this.#violations = violations;
  }

  get entryIds(): ReadonlySet<string> {
    return this.#published;
  }

  has(entryId: string): boolean {
    return this.#published.has(entryId);
  }

  /** What publishes over a process's line. */
  publisher(line: Line): (entry: Entry) => Promise<void> {
    return (entry) =>
      line.request(`publish ${entry.rev}`, ({ answer }) => {
        this.#take(entry);
        answer(undefined);
      });
  }

  #take({ id, rev, type }: Entry): void {
    this.#published.add(id);
    this.#violations.expect(
      this.#isStored(id),
      'only what is stored is published',
      () => `entry ${rev} (${type}) was published, and is not there`,
    );
  }
}
