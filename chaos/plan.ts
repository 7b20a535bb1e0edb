import { crc32 } from 'node:zlib';
import { Random } from '../services/messaging/src/simulation/random.ts';
import type { LoadPlan } from './load.ts';
import type { RestartOptions } from './rolling-restart.ts';
import { type Fault, type Scenario, scenarios } from './scenarios.ts';

export interface PlannedRun {
  readonly name: string;
  readonly scenario: Scenario;
  readonly fault: Fault;
  /** Of the load alone, before the fault; milliseconds. */
  readonly afterMs: number;
  readonly load: LoadPlan;
  readonly conversations: number;
  /** What clients choose by. */
  readonly random: Random;
}

/** Every scenario with all of its choices made: for one seed always the same, whichever of them are run. */
export function planRuns(seed: number, options: RestartOptions): PlannedRun[] {
  return Object.entries(scenarios).map(([name, scenario]) => {
    const random = new Random(crc32(`${seed} ${name}`) | 0);
    return {
      name,
      scenario,
      fault: scenario.draw(random, options),
      afterMs: random.between(500, 2_000),
      load: drawLoad(random),
      conversations: random.between(1, 6),
      random,
    };
  });
}

function drawLoad(random: Random): LoadPlan {
  return {
    clients: random.between(4, 10),
    pauseMs: random.between(10, 40),
    mix: {
      keyed: random.between(2, 6),
      unkeyed: random.between(2, 6),
      read: random.between(1, 4),
      list: random.between(0, 2),
      user: random.between(1, 2),
    },
  };
}
