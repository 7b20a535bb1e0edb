import type { Random } from '../../services/messaging/src/simulation/random.ts';
import { Blocking, type Pair } from './blocking.ts';
import { ComingsAndGoings } from './comings-and-goings.ts';
import { LastingBlock } from './lasting-block.ts';
import type { LivePlan } from './live-plan.ts';
import { type Groups, type Member, ownersOf } from './members.ts';
import { Writer } from './writer.ts';

/** What goes on while clients listen. */
export class LiveLoad {
  readonly writers: readonly Writer[];
  readonly comings: ComingsAndGoings;
  readonly blocking: Blocking;
  readonly lastingBlock: LastingBlock;
  readonly #groups: Groups;

  /** From now on every member writes, some come and go, and some block others. */
  constructor(groups: Groups, { pauseMs, changePauseMs, randomOf }: LivePlan) {
    this.#groups = groups;
    this.writers = [...groups].map(
      ([{ client }, own], index) => new Writer(client, own, { random: randomOf(`writer ${index}`), pauseMs }),
    );
    const random = randomOf('comings and goings');
    this.comings = new ComingsAndGoings(ownersOf(groups), { random, pauseMs: changePauseMs });
    const [pair, lasting] = pickPairs(groups, randomOf('pairs'));
    this.blocking = new Blocking(pair, { random: randomOf('blocks'), pauseMs: changePauseMs });
    this.lastingBlock = new LastingBlock(lasting);
  }

  /** Resolves when all that was begun is known: everybody is a member again. */
  async stop(): Promise<void> {
    await Promise.all(
      [...this.writers, this.comings, this.blocking, this.lastingBlock].map((one) => one.stop()),
    );
  }

  /** Of each member the ids of their groups, and of the direct conversation that blocks are about. */
  get conversations(): Groups {
    const { pair, conversationId } = this.blocking;
    return new Map(
      [...this.#groups].map(([member, own]) => [
        member,
        conversationId !== undefined && isIn(member, pair) ? [...own, conversationId] : own,
      ]),
    );
  }
}

/** Twice an owner and a member of a group of theirs, who are not the same two. */
function pickPairs(groups: Groups, random: Random): [Pair, Pair] {
  const all = ownersOf(groups).flatMap(({ id: group, owner: blocker, others }) =>
    others.map((blocked) => ({ group, blocker, blocked })),
  );
  const first = random.pick(all);
  const others = all.filter(({ blocker, blocked }) => ![blocker, blocked].every((one) => isIn(one, first)));
  return [first, random.pick(others)];
}

const isIn = (member: Member, { blocker, blocked }: Pair) => member === blocker || member === blocked;
