import { parseArgs } from 'node:util';
import { plantedBugs } from './planted-bugs.ts';
import { runSeed } from './run-seed.ts';

/** How far the seed that finds a planted bug is looked for. */
const searched = 5_000;

const usage = `npm run simulate -- --seed N [--bug NAME]   what happens with the seed, step by step
npm run simulate -- --bug NAME              the lowest seed that finds the planted bug`;

async function replay(seed: number, bug: string | undefined): Promise<void> {
  const { violation, trace } = await runSeed(seed, bug === undefined ? {} : plantedBug(bug).variation);
  for (const [index, step] of trace.entries()) console.log(`${index + 1}`.padStart(5), step);
  console.log(violation ?? `Seed ${seed}: every invariant held`);
  process.exitCode = violation === undefined ? 0 : 1;
}

async function search(name: string): Promise<void> {
  const { variation, breaks } = plantedBug(name);
  for (let seed = 1; seed <= searched; seed += 1) {
    const { violation } = await runSeed(seed, variation);
    if (violation?.invariant === breaks) return console.log(`Seed ${seed}:`, violation);
  }
  throw new Error(`None of ${searched} seeds breaks "${breaks}"`);
}

function plantedBug(name: string) {
  const bug = plantedBugs.find((planted) => planted.name === name);
  if (bug !== undefined) return bug;
  throw new Error(`The planted bugs are:\n${plantedBugs.map((planted) => planted.name).join('\n')}`);
}

const { seed, bug } = parseArgs({ options: { seed: { type: 'string' }, bug: { type: 'string' } } }).values;
if (seed !== undefined) await replay(Number(seed), bug);
else if (bug !== undefined) await search(bug);
else throw new Error(usage);
