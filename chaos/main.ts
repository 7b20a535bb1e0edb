import { Command, InvalidArgumentError } from 'commander';
import { Balancer } from './balancer.ts';
import { Installation, replicasOfEach } from './installation.ts';
import { runAway } from './live/away-run.ts';
import { liveTargetOf } from './live/installation-target.ts';
import { planLive } from './live/live-plan.ts';
import { liveDetailsOf } from './live/live-report.ts';
import { type LiveResult, runLive } from './live/live-run.ts';
import { People } from './people.ts';
import { type PlannedRun, planRuns } from './plan.ts';
import { detailsOf, rowOf, tableHead } from './report.ts';
import { type RunResult, run } from './run.ts';
import { scenarios } from './scenarios.ts';

const liveSize = {
  seconds: 120,
  members: 20,
  groups: 10,
  listeners: 200,
  pauseMs: 250,
  changePauseMs: 1_500,
};

const missed = 10_000;

/** Those that are about clients that listen; they have loads and faults of their own. */
const listening: Readonly<Record<string, (installation: Installation) => Promise<LiveResult>>> = {
  live: (installed) => runLive(liveTargetOf(installed), planLive(seed, liveSize), 'live'),
  away: (installed) => runAway(installed, missed, 'away'),
};

const names = [...Object.keys(scenarios), ...Object.keys(listening)];

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
  .option('--only <names>', `some of ${names.join(', ')}`, namesOf, names)
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
const heard: [name: string, result: LiveResult][] = [];
for (const [name, listen] of Object.entries(listening)) {
  if (only.includes(name)) heard.push([name, await listen(installation).catch(rethrow(name))]);
}
await installation.stop();
tellTheEnd();

function register({ gateways }: Installation): Promise<People> {
  return Balancer.during(gateways, (balancer) => People.register(balancer));
}

async function runAndTell(planned: PlannedRun): Promise<RunResult> {
  const options = { quietMs: seconds * 1_000 };
  const result = await run(planned, { installation, people }, options).catch(rethrow(planned.name));
  console.log(rowOf(result));
  return result;
}

function rethrow(name: string) {
  return (cause: unknown): never => {
    throw new Error(`${name} came to no end; the logs are in ${installation.data}`, { cause });
  };
}

function tellTheEnd(): void {
  const details = heard.flatMap(([name, result]) => liveDetailsOf(name, result));
  console.log(['', ...results.flatMap(detailsOf), ...details].join('\n'));
  const everything = [...results, ...heard.map(([, result]) => result)];
  const wrong = everything.reduce((sum, { faults }) => sum + faults.length, 0);
  const acknowledged = everything.reduce((sum, result) => sum + result.acknowledged, 0);
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
  const wanted = value.split(',');
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new InvalidArgumentError(`"${unknown}" is none.`);
  return wanted;
}
