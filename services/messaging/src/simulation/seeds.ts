import { runSeed } from './run-seed.ts';
import type { Scenario } from './world.ts';

/** The last steps before a violation: mostly they tell why. */
const shownSteps = 40;

/** Runs seeds one after the other. @throws at the first that breaks an invariant, with how to see all of it. */
export async function runSeeds(from: number, to: number, scenario: Scenario = 'writing'): Promise<void> {
  for (let seed = from; seed <= to; seed += 1) {
    const { violation, trace } = await runSeed(seed, {}, scenario);
    if (violation === undefined) continue;
    const steps = trace.slice(-shownSteps).join('\n  ');
    throw new Error(
      [
        `Seed ${seed} breaks "${violation.invariant}": ${violation.detail}`,
        `The last of ${trace.length} steps:\n  ${steps}`,
        `To replay it: npm run simulate -- --seed ${seed}${scenario === 'syncing' ? ' --syncing' : ''}`,
      ].join('\n'),
    );
  }
}
