import { provideServers } from '@natter/testkit/servers';
import { Command, InvalidArgumentError } from 'commander';
import { startInOneProcess } from './natter-in-one-process.ts';
import { type HostileReport, runHostile } from './run-hostile.ts';
import { type HostileFramesReport, runHostileFrames } from './run-hostile-frames.ts';
import { closeConnections } from './send.ts';

interface Options {
  seed: number;
  count: number;
  frames: number;
  only?: number;
  onlyFrame?: number;
}

const { seed, count, frames, only, onlyFrame } = new Command('npm run hostile --')
  .description(
    'Sends hostile requests to every operation of a Natter of its own, and hostile frames to its WebSocket, and judges what comes of them.',
  )
  .option('--seed <number>', 'what they are', wholeNumber, 1)
  .option('--count <number>', 'how many requests', wholeNumber, 50_000)
  .option('--frames <number>', 'how many frames', wholeNumber, 10_000)
  .option('--only <number>', 'that request, on a stage of its own', wholeNumber)
  .option('--only-frame <number>', 'that frame, on a stage of its own', wholeNumber)
  .parse()
  .opts<Options>();

// Without a listener a signal ends this process before the servers, and they would go on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
const servers = await provideServers(process.env);
console.log(`On ${servers.nats.title} and ${servers.mongo.title}.`);
const isOne = only !== undefined || onlyFrame !== undefined;
const natter = await startInOneProcess({
  natsUrl: servers.nats.url,
  mongoUrl: servers.mongo.url,
  logLevel: isOne ? 'warn' : 'silent',
});
const range = (one: number | undefined, all: number) => {
  const [from, to] = one === undefined ? [0, isOne ? 0 : all] : [one, one + 1];
  return { seed, from, to, rounds: 4 };
};
const requests = await runHostile(natter.url, range(only, count));
const sent = await runHostileFrames(natter.url, range(onlyFrame, frames));
closeConnections();
tellRequests(requests);
tellFrames(sent);
tellOutcome(requests.faults.length + sent.faults.length);
await natter.stop();
await servers.stop();

function tellRequests({ requests: all, statuses, operations, texts, again, faults }: HostileReport): void {
  for (const [operation, { aimed, taken }] of operations)
    console.log(`${operation}: ${aimed}, ${taken} of them taken`);
  const answered = [...statuses]
    .toSorted(([one], [other]) => one - other)
    .map(([status, times]) => `${status}: ${times}`);
  console.log(
    `${all} requests with seed ${seed} were answered ${answered.join(', ')}; ${again} were asked again.`,
  );
  console.log(`${texts} texts were taken.`);
  for (const { number, request, fault } of faults) {
    const { method, path, headers, body } = request;
    console.log(`\n${fault}\n  ${method} ${path.slice(0, 500)} ${JSON.stringify(headers).slice(0, 1_000)}`);
    if (body) console.log(`  ${body.toString('latin1').slice(0, 1_000)}`);
    console.log(`  npm run hostile -- --seed ${seed} --only ${number}`);
  }
}

function tellFrames({ frames: all, answers, types, texts, faults }: HostileFramesReport): void {
  for (const [type, { aimed, taken }] of types)
    console.log(`frames ${type}: ${aimed}, ${taken} of them taken`);
  const answered = [...answers].map(([answer, times]) => `${answer}: ${times}`);
  console.log(`${all} frames with seed ${seed} were answered ${answered.join(', ')}.`);
  console.log(`${texts} texts were taken.`);
  for (const { number, frame, fault } of faults) {
    console.log(`\n${fault}\n  ${frame.bytes.toString('latin1').slice(0, 1_000)}`);
    console.log(`  npm run hostile -- --seed ${seed} --only-frame ${number}`);
  }
}

function tellOutcome(faults: number): void {
  console.log(`${natter.commands.count} commands were sent to MongoDB.`);
  for (const fault of new Set(natter.commands.faults)) console.log(`To MongoDB went ${fault}`);
  const wrong = faults + natter.commands.faults.length;
  console.log(wrong === 0 ? 'Nothing was wrong.' : `${wrong} things were wrong.`);
  process.exitCode = wrong === 0 ? 0 : 1;
}

function wholeNumber(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('It is no whole number.');
  return Number(value);
}
