import { interleave, printFigures } from './interleave.ts';
import { load } from './load.ts';
import { createUsers, signIn, startNatter } from './natter-under-test.ts';
import { sendRequests } from './send-requests.ts';

const atOnce = 16;
const operations = 800;

/**
 * What a message costs where there are two of each service, against one of each: with the same load, which leaves each less
 * to do at once, and with as much for each as the one has.
 */
export async function benchReplicas(): Promise<void> {
  const stacks = [await prepare(1), await prepare(2)] as const;
  const [one, two] = stacks;
  const figures = await interleave({
    'a keyed send, one replica of each service': one.send,
    'a keyed send, two replicas of each': two.send,
    'the same, each with as much to do as the one': two.sendTwice,
  });
  printFigures(`${atOnce} senders at once; ${2 * atOnce} in the last`, figures);
  for (const { stop } of stacks) await stop();
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
