import { provideServers } from '@natter/testkit';
import { Command, InvalidArgumentError } from 'commander';
import { startInOneProcess } from './natter-in-one-process.ts';
import { type HostileReport, runHostile } from './run-hostile.ts';
import { closeConnections } from './send.ts';

interface Options {
  seed: number;
  count: number;
  only?: number;
}

const { seed, count, only } = new Command('npm run hostile --')
  .description(
    'Sends hostile requests to every operation of a Natter of its own, and judges what comes of them.',
  )
  .option('--seed <number>', 'what they are', wholeNumber, 1)
  .option('--count <number>', 'how many', wholeNumber, 50_000)
  .option('--only <number>', 'that one, on a stage of its own', wholeNumber)
  .parse()
  .opts<Options>();

// Without a listener a signal ends this process before the servers, and they would go on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
const servers = await provideServers(process.env);
console.log(`On ${servers.nats.title} and ${servers.mongo.title}.`);
const natter = await startInOneProcess({
  natsUrl: servers.nats.url,
  mongoUrl: servers.mongo.url,
  logLevel: only === undefined ? 'silent' : 'warn',
});
const [from, to] = only === undefined ? [0, count] : [only, only + 1];
const report = await runHostile(natter.url, { seed, from, to, rounds: 4 });
closeConnections();
tell(report);
await natter.stop();
await servers.stop();

function tell({ requests, statuses, operations, texts, again, faults }: HostileReport): void {
  for (const [operation, { aimed, taken }] of operations)
    console.log(`${operation}: ${aimed}, ${taken} of them taken`);
  const answered = [...statuses]
    .toSorted(([one], [other]) => one - other)
    .map(([status, times]) => `${status}: ${times}`);
  console.log(
    `${requests} requests with seed ${seed} were answered ${answered.join(', ')}; ${again} were asked again.`,
  );
  console.log(`${texts} texts were taken, and ${natter.commands.count} commands sent to MongoDB.`);
  for (const fault of new Set(natter.commands.faults)) console.log(`To MongoDB went ${fault}`);
  for (const { number, request, fault } of faults) {
    const { method, path, headers, body } = request;
    console.log(`\n${fault}\n  ${method} ${path.slice(0, 500)} ${JSON.stringify(headers).slice(0, 1_000)}`);
    if (body) console.log(`  ${body.toString('latin1').slice(0, 1_000)}`);
    console.log(`  npm run hostile -- --seed ${seed} --only ${number}`);
  }
  const wrong = faults.length + natter.commands.faults.length;
  console.log(wrong === 0 ? 'Nothing was wrong.' : `${wrong} things were wrong.`);
  process.exitCode = wrong === 0 ? 0 : 1;
}

function wholeNumber(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('It is no whole number.');
  return Number(value);
}
