import { parseArgs } from 'node:util';
import { type PlantedBug, plantedBugs } from './planted-bugs.ts';
import { runSeed } from './run-seed.ts';
import { runSeeds } from './seeds.ts';
import type { Scenario } from './world.ts';

/** How far the seed that finds a planted bug is looked for. */
const searched = 5_000;

const usage = `npm run simulate -- --seed N [--syncing | --bug NAME]   what happens with the seed, step by step
npm run simulate -- --bug NAME                          the lowest seed that finds the planted bug
npm run simulate -- --seeds N [--syncing]               the seeds from 1 to N`;

async function replay(seed: number, { variation, scenario }: Planted): Promise<void> {
  const { violation, trace } = await runSeed(seed, variation, scenario);
  for (const [index, step] of trace.entries()) console.log(`${index + 1}`.padStart(5), step);
  console.log(violation ?? `Seed ${seed}: every invariant held`);
  process.exitCode = violation === undefined ? 0 : 1;
}

async function search(name: string): Promise<void> {
  const { variation, breaks, scenario } = plantedBug(name);
  for (let seed = 1; seed <= searched; seed += 1) {
    const { violation } = await runSeed(seed, variation, scenario);
    if (violation?.invariant === breaks) return console.log(`Seed ${seed}:`, violation);
  }
  throw new Error(`None of ${searched} seeds breaks "${breaks}"`);
}

function plantedBug(name: string) {
  const bug = plantedBugs.find((planted) => planted.name === name);
  if (bug !== undefined) return bug;
  throw new Error(`The planted bugs are:\n${plantedBugs.map((planted) => planted.name).join('\n')}`);
}

type Planted = Partial<Pick<PlantedBug, 'variation' | 'scenario'>>;

const { seed, seeds, bug, syncing } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string' },
    bug: { type: 'string' },
    syncing: { type: 'boolean' },
  },
}).values;
const scenario: Scenario = syncing ? 'syncing' : 'writing';
if (seed !== undefined) await replay(Number(seed), bug === undefined ? { scenario } : plantedBug(bug));
else if (seeds !== undefined) await runSeeds(1, Number(seeds), scenario);
else if (bug !== undefined) await search(bug);
else throw new Error(usage);
