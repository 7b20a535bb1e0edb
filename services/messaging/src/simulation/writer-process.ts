import { NatterError } from '@natter/contracts';
import type { Changes } from '../domain/changes.ts';
import type { ConversationLog } from '../domain/conversation-log.ts';
import type { Entry } from '../domain/entry.ts';
import type { Projections } from '../domain/projections.ts';
import type { Command, Outcome } from '../log/command.ts';
import { ConversationWriter } from '../log/conversation-writer.ts';
import { Relay } from '../log/relay.ts';
import { Sweeper } from '../log/sweeper.ts';
import type { Clock } from './clock.ts';
import { Database } from './database.ts';
import type { Faults } from './faults.ts';
import { Line, LineError } from './line.ts';
import type { Messenger } from './messenger.ts';
import type { Random } from './random.ts';
import type { ReplicaSet } from './replica-set.ts';
import type { Scheduler } from './scheduler.ts';
import { simulatedChanges } from './simulated-changes.ts';
import { simulatedLog } from './simulated-log.ts';
import { simulatedProjections } from './simulated-projections.ts';
import type { Variation } from './variation.ts';

/** What there is besides the process. */
export interface Surroundings {
  variation: Variation;
  random: Random;
  scheduler: Scheduler;
  clock: Clock;
  faults: Faults;
  replicaSet: ReplicaSet;
  messenger: Messenger;
  /** What the network is not at fault for breaks an invariant. */
  expectLineError: (error: unknown) => void;
}

/** One process of messaging, put together as `service.ts` does it. Dead, it never does anything again. */
export class WriterProcess {
  readonly name: string;
  readonly log: ConversationLog;
  readonly projections: Projections;
  readonly changes: Changes;
  readonly #surroundings: Surroundings;
  readonly #line: Line;
  readonly #writer: ConversationWriter;
  readonly #sweeper: Sweeper;

  constructor(name: string, surroundings: Surroundings) {
    const { variation, random, scheduler, messenger } = surroundings;
    this.name = name;
    this.#surroundings = surroundings;
    this.#line = new Line(name, surroundings);
    const database = new Database(this.#line, surroundings);
    const parts = { log: simulatedLog(database), publish: messenger.publisher(this.#line), database };
    this.log = { ...parts.log, ...variation.log?.(parts) };
    const projections = simulatedProjections(database);
    this.projections = { ...projections, ...variation.projections?.(projections) };
    const changes = simulatedChanges(database, surroundings.clock);
    this.changes = { ...changes, ...variation.changes?.(changes) };
    const publish = variation.publish?.(parts) ?? parts.publish;
    const relay = new Relay({
      log: this.log,
      publish,
      onFailure: (error) => surroundings.expectLineError(error),
    });
    const ahead = random.between(-100, 100);
    this.#writer = new ConversationWriter({
      log: this.log,
      projections: this.projections,
      now: () => new Date(1_000 + scheduler.now + ahead),
      elapsed: variation.elapsed ?? (() => surroundings.clock.elapsed),
      pause: async () => undefined,
      isRefused: async () => false,
      relay: (entries) => relay.add(entries),
      lanesKept: random.pick([1, 10]),
    });
    const restore = variation.restore ?? ((entries: readonly Entry[]) => this.#writer.restore(entries));
    this.#sweeper = new Sweeper({ log: this.log, relay, restore });
  }

  async execute(command: Command): Promise<Outcome> {
    try {
      return await this.#writer.execute(this.#surroundings.variation.command?.(command) ?? command);
    } catch (error) {
      throw error instanceof LineError ? new NatterError('service_unavailable', { cause: error }) : error;
    }
  }

  async sweep(): Promise<void> {
    try {
      await this.#sweeper.sweep();
    } catch (error) {
      this.#surroundings.expectLineError(error);
    }
  }

  die(): void {
    this.#line.cut();
  }
}
