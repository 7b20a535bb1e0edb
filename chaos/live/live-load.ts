import type { Random } from '../../services/messaging/src/simulation/random.ts';
import { Blocking, type Pair } from './blocking.ts';
import { ComingsAndGoings } from './comings-and-goings.ts';
import type { LivePlan } from './live-plan.ts';
import { type Groups, type Member, ownersOf } from './members.ts';
import { Writer } from './writer.ts';

const pairs = 2;

/** What goes on while clients listen. */
export class LiveLoad {
  readonly writers: readonly Writer[];
  readonly comings: ComingsAndGoings;
  readonly blockings: readonly Blocking[];
  readonly #groups: Groups;

  /** From now on every member writes, some come and go, and some block others. */
  constructor(groups: Groups, { pauseMs, changePauseMs, randomOf }: LivePlan) {
    this.#groups = groups;
    this.writers = [...groups].map(
      ([{ client }, own], index) => new Writer(client, own, { random: randomOf(`writer ${index}`), pauseMs }),
    );
    const random = randomOf('comings and goings');
    this.comings = new ComingsAndGoings(ownersOf(groups), { random, pauseMs: changePauseMs });
    this.blockings = pickPairs(groups, randomOf('pairs')).map(
      (pair, index) => new Blocking(pair, { random: randomOf(`pair ${index}`), pauseMs: changePauseMs }),
    );
  }

  /** Resolves when all that was begun is known: everybody is a member again, and nobody blocked. */
  async stop(): Promise<void> {
    await Promise.all([...this.writers, this.comings, ...this.blockings].map((one) => one.stop()));
  }

  /** Of each member the ids of their groups and of the direct conversations that blocks were about. */
  get conversations(): Groups {
    const all = new Map([...this.#groups].map(([member, own]) => [member, new Set(own)]));
    for (const { pair, conversationId } of this.blockings) {
      if (conversationId === undefined) continue;
      for (const member of [pair.blocker, pair.blocked]) all.get(member)?.add(conversationId);
    }
    return new Map([...all].map(([member, own]) => [member, [...own]]));
  }
}

/** An owner and a member of a group of theirs each, no two of whom are a pair twice. */
function pickPairs(groups: Groups, random: Random): Pair[] {
  const picked: Pair[] = [];
  let rest = ownersOf(groups).flatMap(({ id: group, owner: blocker, others }) =>
    others.map((blocked) => ({ group, blocker, blocked })),
  );
  while (picked.length < pairs) {
    const pair = random.pick(rest);
    picked.push(pair);
    rest = rest.filter(({ blocker, blocked }) => ![blocker, blocked].every((one) => isIn(one, pair)));
  }
  return picked;
}

const isIn = (member: Member, { blocker, blocked }: Pair) => member === blocker || member === blocked;
