import type { Line, Reply } from './line.ts';
import type { Random } from './random.ts';
import type { ReplicaSet } from './replica-set.ts';
import type { Scheduler } from './scheduler.ts';
import type { Tables } from './tables.ts';
import type { Write } from './writes.ts';

/** The replica set as one process reaches it. */
export class Database {
  readonly #replicaSet: ReplicaSet;
  readonly #line: Line;
  readonly #scheduler: Scheduler;
  readonly #random: Random;

  constructor(
    line: Line,
    { replicaSet, scheduler, random }: { replicaSet: ReplicaSet; scheduler: Scheduler; random: Random },
  ) {
    this.#replicaSet = replicaSet;
    this.#line = line;
    this.#scheduler = scheduler;
    this.#random = random;
  }

  read<T>(what: string, query: (tables: Tables) => T): Promise<T> {
    return this.#line.request(what, ({ answer }) => answer(query(this.#replicaSet.readable)));
  }

  /** Makes the writes one after the other, up to the first that is refused. @returns how many were made. */
  async write(what: string, writes: readonly Write[]): Promise<number> {
    if (writes.length === 0) return 0;
    return await this.#line.request(what, (reply) => this.#make(what, writes, 0, reply));
  }

  #make(what: string, writes: readonly Write[], made: number, reply: Reply<number>): void {
    const write = writes[made];
    if (write === undefined || !this.#replicaSet.write(write)) return this.#answer(made, reply);
    if (!this.#random.chance(30)) return this.#make(what, writes, made + 1, reply);
    const { term } = this.#replicaSet;
    this.#scheduler.add(`${what} goes on`, () => {
      if (this.#replicaSet.term === term) this.#make(what, writes, made + 1, reply);
      else reply.breakOff();
    });
  }

  #answer(made: number, { answer, breakOff }: Reply<number>): void {
    this.#replicaSet.whenCommitted({ committed: () => answer(made), lost: breakOff });
  }
}
