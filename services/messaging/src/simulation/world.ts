import { NatterError } from '@natter/contracts';
import { Chronicle } from './chronicle.ts';
import { ChangingClock, Clock } from './clock.ts';
import { Device } from './device.ts';
import { Faults } from './faults.ts';
import { History } from './history.ts';
import { userIds } from './intents.ts';
import { LineError } from './line.ts';
import { Messenger } from './messenger.ts';
import { Random } from './random.ts';
import { ReplicaSet } from './replica-set.ts';
import { soundRules } from './rules.ts';
import { Scheduler } from './scheduler.ts';
import type { Variation } from './variation.ts';
import { Violations } from './violation.ts';
import { WriterProcess } from './writer-process.ts';
import type { Write } from './writes.ts';

/** Whether users sync, too: as many runs without it say more about the log. */
export type Scenario = 'writing' | 'syncing';

/** In steps. Where the margin matters, a database that is always slow would be touched again and again. */
const longestLag: Record<Scenario, number> = { writing: 30, syncing: 8 };

/** All that one run consists of. */
export class World {
  readonly variation: Variation;
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly clock: Clock;
  readonly violations = new Violations();
  readonly chronicle = new Chronicle(this.violations);
  readonly history = new History();
  readonly messenger = new Messenger((id) => this.replicaSet.has(id), this.violations);
  readonly replicaSet: ReplicaSet;
  /** Those that live. */
  readonly processes: WriterProcess[] = [];
  /** Those on which users keep what they were given. */
  readonly devices: readonly Device[];
  /** Whether users still do things, and things still go wrong. */
  lively = true;
  #numbers = 0;

  constructor(seed: number, variation: Variation, scenario: Scenario) {
    this.variation = variation;
    this.random = new Random(seed);
    this.scheduler = new Scheduler(this.random);
    this.faults = new Faults(this.random, longestLag[scenario]);
    this.clock =
      scenario === 'syncing' ? new ChangingClock(this.scheduler, this.random) : new Clock(this.scheduler);
    const rules = { ...soundRules, ...variation.rules };
    this.replicaSet = new ReplicaSet(rules, this, (write) => this.#committed(write));
    for (const _ of Array(this.random.between(2, 4))) this.#startProcess(this.processes.length);
    const syncing = scenario === 'syncing' ? userIds : [];
    this.devices = syncing.map((userId) => new Device(userId, this));
  }

  /** A number that was not used before. */
  nextNumber(): number {
    this.#numbers += 1;
    return this.#numbers;
  }

  anyProcess(): WriterProcess {
    return this.random.pick(this.processes);
  }

  /** One of the processes dies at once, whatever it is doing; another one is started in its place. */
  killAnyProcess(): void {
    const place = this.random.between(0, this.processes.length - 1);
    this.processes[place]?.die();
    this.#startProcess(place);
  }

  /** What the network is not at fault for, somebody else is. */
  expectLineError(error: unknown): void {
    const cause = error instanceof NatterError ? error.cause : error;
    if (cause instanceof LineError) return;
    this.violations.add(
      'nothing fails unexpectedly',
      error instanceof Error ? `${error.stack}` : String(error),
    );
  }

  #startProcess(place: number): void {
    this.processes[place] = new WriterProcess(`process ${this.nextNumber()}`, this);
  }

  #committed({ inserted, unmarked = [] }: Write): void {
    if (inserted !== undefined) this.chronicle.append(inserted);
    const unpublished = unmarked.find((id) => !this.messenger.has(id));
    this.violations.expect(
      unpublished === undefined,
      'no mark goes before its entry was published',
      () => `entry ${unpublished} was unmarked`,
    );
  }
}
