import { interleave, printFigures, type Slice } from './interleave.ts';
import { load } from './load.ts';
import { createUsers, signIn, startNatter } from './natter-under-test.ts';
import { sendRequests } from './send-requests.ts';

const atOnce = 16;
const operations = 800;

/**
 * What a message costs where there are two of each service, against one of each: with the same load, which leaves each less
 * to do at once, and with as much for each as the one has. That makes the machine busier, by which each message is dearer
 * whoever takes it: so it is compared as well with two installations of one replica, each with as much, at the same time.
 */
export async function benchReplicas(): Promise<void> {
  const one = await prepare(1);
  const two = await prepare(2);
  const figures = await interleave({
    'a keyed send, one replica of each service': one.send,
    'a keyed send, two replicas of each': two.send,
    'the same, each with as much to do as the one': two.sendTwice,
  });
  printFigures(`${atOnce} senders at once; ${2 * atOnce} in the last`, figures);
  const other = await prepare(1);
  const sideBySide = await interleave({
    'a keyed send, two installations of one replica': () => together(one.send, other.send),
    'a keyed send, one installation of two replicas': two.sendTwice,
  });
  printFigures(`${2 * atOnce} senders at once, ${atOnce} for each replica`, sideBySide);
  for (const { stop } of [one, two, other]) await stop();
}

async function together(...runs: readonly (() => Promise<Slice>)[]): Promise<Slice> {
  const slices = await Promise.all(runs.map((run) => run()));
  const sumOf = (key: keyof Slice) => slices.reduce((sum, slice) => sum + slice[key], 0);
  return {
    operations: sumOf('operations'),
    seconds: Math.max(...slices.map(({ seconds }) => seconds)),
    processorSeconds: sumOf('processorSeconds'),
  };
}

async function prepare(replicas: number) {
  const { record, pids, stop } = await startNatter(replicas);
  const [url] = record.gateway as [string];
  const usernames = await createUsers(url, 2 * atOnce);
  const authorization = await signIn(url, 'alice');
  const run = (times: number) => () =>
    load({
      urls: record.gateway,
      connections: times * atOnce,
      operations: times * operations,
      request: sendRequests(authorization, usernames.slice(0, times * atOnce)),
      pids,
    });
  return { send: run(1), sendTwice: run(2), stop };
}
