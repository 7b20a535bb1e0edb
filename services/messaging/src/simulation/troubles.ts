import { syncMarginMs } from '../domain/sync-margin.ts';
import { judgeSights } from './judge-end.ts';
import type { World } from './world.ts';

/** About how long users are busy, in steps. */
const horizon = 400;

/** What happens beside what users do: processes die, the database's primary is lost, sweepers sweep. */
export function startTroubles(world: World): void {
  const { random, scheduler } = world;
  for (const _ of Array(random.pick([0, 1, 2, 5]))) {
    scheduler.add('a process dies', () => world.lively && world.killAnyProcess(), random.between(1, horizon));
  }
  for (const _ of Array(random.pick([0, 0, 2, 5]))) {
    scheduler.add(
      'the primary is lost',
      () => world.lively && losePrimary(world),
      random.between(1, horizon),
    );
  }
  if (world.devices.length > 0) stallMajority(world);
  void sweepNowAndThen(world);
}

/** What was stamped before can be read only after the margin. */
function stallMajority({ random, scheduler, faults, clock }: World): void {
  for (const _ of Array(random.pick([0, 1, 2]))) {
    const steps = clock.stepsOf(syncMarginMs) + random.between(0, horizon);
    scheduler.add('a majority stalls', () => faults.stallMajority(steps), random.between(1, horizon));
  }
}

async function sweepNowAndThen(world: World): Promise<void> {
  while (world.lively) {
    await world.scheduler.pause('a sweep is due', world.random.between(20, 300));
    void world.anyProcess().sweep();
  }
}

/** What nobody but it had is gone, and so is the hope for whatever was seen of that. */
function losePrimary(world: World): void {
  world.replicaSet.failOver();
  judgeSights(world);
}
