import type { LivePosition } from '@natter/contracts';
import type { Entry } from '../domain/entry.ts';
import { positionAfter } from '../log/position-after.ts';
import { type Change, type ChangesPage, readChanges } from '../log/read-changes.ts';
import type { Chronicle } from './chronicle.ts';
import { LineError } from './line.ts';
import type { Random } from './random.ts';
import { isSameEntry } from './same-entry.ts';
import type { Scheduler } from './scheduler.ts';
import type { Variation } from './variation.ts';
import type { Violations } from './violation.ts';
import type { WriterProcess } from './writer-process.ts';

const entriesAtOnce = 3;

const epoch = 'the only one';

/** What there is besides the device. */
interface Surroundings {
  variation: Variation;
  random: Random;
  scheduler: Scheduler;
  chronicle: Chronicle;
  violations: Violations;
  lively: boolean;
  anyProcess: () => WriterProcess;
}

/** Where somebody keeps what they were given, and how far they have got: all that a client has to keep. */
export class Device {
  readonly userId: string;
  readonly #world: Surroundings;
  readonly #given = new Map<string, Set<number>>();
  #position: LivePosition = { kind: 'changes', epoch, at: 0, revs: {} };

  constructor(userId: string, world: Surroundings) {
    this.userId = userId;
    this.#world = world;
  }

  has(conversationId: string, rev: number): boolean {
    return this.#given.get(conversationId)?.has(rev) ?? false;
  }

  async syncNowAndThen(): Promise<void> {
    const { scheduler, random } = this.#world;
    while (this.#world.lively) {
      await scheduler.pause(`the device of ${this.userId} wakes`, random.between(20, random.pick([50, 400])));
      const patience = scheduler.pause(`the device of ${this.userId} gives up`, random.between(50, 800));
      await Promise.race([this.sync(), patience]);
    }
  }

  /** Page by page, each through another process; what fails is tried another time, from the page before. */
  async sync(): Promise<void> {
    try {
      do await this.#readPage(this.#world.anyProcess());
      while (this.#position.beyond !== undefined);
    } catch (error) {
      if (!(error instanceof LineError)) throw error;
    }
  }

  async #readPage(process: WriterProcess): Promise<void> {
    const { random, variation } = this.#world;
    const page = await readChanges(process, {
      userId: this.userId,
      position: this.#position,
      conversations: random.pick([1, 2, 9]),
      entries: entriesAtOnce,
    });
    const given = roomIn(page, random.pick([1, 2, 9]));
    for (const { change } of page.looked.slice(0, given)) if (change) await this.#take(process, change);
    const position = positionAfter(this.#position, page, given);
    this.#position = variation.position?.(position) ?? position;
    this.#world.scheduler.trace.push(`the device of ${this.userId} is at ${JSON.stringify(this.#position)}`);
  }

  async #take({ log }: WriterProcess, { conversationId, overview, rev, entries }: Change): Promise<void> {
    for (const entry of entries) this.#keep(entry);
    const last = entries.at(-1);
    if (overview === undefined) return this.#expectRemoval(last);
    if (last === undefined || last.rev >= rev) return;
    for (const entry of await log.readAfter(conversationId, last.rev, rev - last.rev)) this.#keep(entry);
  }

  #keep(entry: Entry): void {
    const { conversationId, rev } = entry;
    const isTrue = isSameEntry(entry, this.#world.chronicle.of(conversationId).entries[rev - 1]);
    this.#world.violations.expect(isTrue, 'reads say what the log says', () => JSON.stringify(entry));
    const revs = this.#given.get(conversationId) ?? new Set();
    this.#given.set(conversationId, revs.add(rev));
  }

  #expectRemoval(last: Entry | undefined): void {
    const isTheirs = last?.type === 'member.removed' && last.data.userId === this.userId;
    this.#world.violations.expect(
      isTheirs,
      'a removed member reads nothing',
      () => `${this.userId} was given ${JSON.stringify(last)} last`,
    );
  }
}

/** How many of those that were looked at go into a page that has room for so many changes, and for one at least. */
function roomIn({ looked }: ChangesPage, changes: number): number {
  const changed = looked.filter(({ change }) => change !== undefined);
  const firstLeft = changed[changes];
  return firstLeft ? looked.indexOf(firstLeft) : looked.length;
}
