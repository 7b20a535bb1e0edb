import { interleave, printFigures } from './interleave.ts';
import { load } from './load.ts';
import { createUsers, signIn, startNatter } from './natter-under-test.ts';
import { sendRequests } from './send-requests.ts';

const atOnce = 16;
const operations = 800;

/** What a message costs where there are two of each service, against one of each. */
export async function benchReplicas(): Promise<void> {
  const stacks = [await prepare(1), await prepare(2)] as const;
  const [one, two] = stacks;
  const figures = await interleave({
    'a keyed send, one replica of each service': one.send,
    'a keyed send, two replicas of each': two.send,
  });
  printFigures(`${atOnce} senders at once`, figures);
  for (const { stop } of stacks) await stop();
}

async function prepare(replicas: number) {
  const { record, pids, stop } = await startNatter(replicas);
  const [url] = record.gateway as [string];
  const request = sendRequests(await signIn(url, 'alice'), await createUsers(url, atOnce));
  const send = () => load({ urls: record.gateway, connections: atOnce, operations, request, pids });
  return { send, stop };
}
