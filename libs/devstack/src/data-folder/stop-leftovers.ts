import type { Say } from '../output/progress.ts';
import { isAlive, signalGroup } from '../processes/signal-group.ts';
import { poll } from '../servers/poll.ts';
import { commandLine } from './command-line.ts';
import type { RunRecord } from './run-record.ts';

interface Leftover {
  readonly name: string;
  readonly pid: number;
}

const stopsWithinMs = 5_000;

/**
 * Ends what a launcher that was killed has left behind. A pid alone may be another program's by now, so its
 * command line must be one of ours. Services end by themselves when their launcher is gone; they are given the
 * time for it.
 */
export async function stopLeftovers(record: RunRecord, dataFolder: string, say: Say): Promise<void> {
  const services = record.services.map(({ name, pid }) => ({
    name,
    pid,
    mark: `services/${name}/src/main.ts`,
  }));
  const servers = [
    { name: 'NATS', pid: record.nats.pid, mark: dataFolder },
    { name: 'MongoDB', pid: record.mongo.pid, mark: dataFolder },
  ];
  const [running, serving] = await Promise.all([services, servers].map(findRunning));
  await Promise.all(running!.map(waitForEnd));
  for (const { name, pid } of serving!) {
    say(`Stopping ${name} (pid ${pid}), left over from a launcher that was killed.`);
    signalGroup(pid, 'SIGTERM');
  }
  await Promise.all(serving!.map(waitForEnd));
}

async function findRunning(
  candidates: readonly { name: string; pid: number | null; mark: string }[],
): Promise<Leftover[]> {
  const found = candidates.map(async ({ name, pid, mark }) =>
    pid !== null && (await commandLine(pid))?.includes(mark) ? [{ name, pid }] : [],
  );
  return (await Promise.all(found)).flat();
}

async function waitForEnd({ pid }: Leftover): Promise<void> {
  const gone = async () => {
    if (isAlive(pid)) throw new Error(`process ${pid} is still there`);
  };
  await poll(gone, { withinMs: stopsWithinMs, signal: new AbortController().signal }).catch(() =>
    signalGroup(pid, 'SIGKILL'),
  );
}
