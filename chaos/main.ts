import { Command, InvalidArgumentError } from 'commander';
import { Balancer } from './balancer.ts';
import { Installation, replicasOfEach } from './installation.ts';
import { People } from './people.ts';
import { type PlannedRun, planRuns } from './plan.ts';
import { detailsOf, rowOf, tableHead } from './report.ts';
import { type RunResult, run } from './run.ts';
import { scenarios } from './scenarios.ts';

interface Options {
  seed: number;
  only: string[];
  seconds: number;
  rounds: number;
}

const { seed, only, seconds, rounds } = new Command('npm run chaos --')
  .description(
    'Inflicts one fault after the other on a Natter of its own, under load, and checks what becomes of it.',
  )
  .option(
    '--seed <number>',
    'which process, when, how long, and what load',
    wholeNumber,
    Date.now() % 100_000,
  )
  .option('--only <names>', `some of ${Object.keys(scenarios).join(', ')}`, namesOf, Object.keys(scenarios))
  .option('--seconds <number>', 'without a failure until it counts as recovered', wholeNumber, 5)
  .option('--rounds <number>', 'of the rolling restart', wholeNumber, 20)
  .parse()
  .opts<Options>();

console.log(`Seed ${seed}: npm run chaos -- --seed ${seed} does the same again.`);
// Without a listener a signal ends this process before the servers, and they would go on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
const installation = await Installation.start();
console.log(`On ${installation.nats.title} and ${installation.mongo.title}.\n\n${tableHead}`);
const people = await register(installation);
const results: RunResult[] = [];
for (const planned of planRuns(seed, { rounds, replicas: replicasOfEach })) {
  if (only.includes(planned.name)) results.push(await runAndTell(planned));
}
await installation.stop();
tellTheEnd(results);

function register({ gateways }: Installation): Promise<People> {
  return Balancer.during(gateways, (balancer) => People.register(balancer));
}

async function runAndTell(planned: PlannedRun): Promise<RunResult> {
  const options = { quietMs: seconds * 1_000 };
  const result = await run(planned, { installation, people }, options).catch((cause) => {
    throw new Error(`${planned.name} came to no end; the logs are in ${installation.data}`, { cause });
  });
  console.log(rowOf(result));
  return result;
}

function tellTheEnd(all: readonly RunResult[]): void {
  console.log(['', ...all.flatMap(detailsOf)].join('\n'));
  const wrong = all.reduce((sum, { faults }) => sum + faults.length, 0);
  const acknowledged = all.reduce((sum, result) => sum + result.acknowledged, 0);
  console.log(`${acknowledged} messages were acknowledged; ${wrong === 0 ? 'nothing' : wrong} was wrong.`);
  if (wrong === 0) return installation.remove();
  console.log(`Logs of the services: ${installation.data}`);
  process.exitCode = 1;
}

function wholeNumber(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('It is no whole number.');
  return Number(value);
}

function namesOf(value: string): string[] {
  const names = value.split(',');
  const unknown = names.find((name) => scenarios[name] === undefined);
  if (unknown !== undefined) throw new InvalidArgumentError(`"${unknown}" is none.`);
  return names;
}
