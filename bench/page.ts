import { MongoClient } from 'mongodb';
import { interleave, printFigures } from './interleave.ts';
import { load } from './load.ts';
import { signIn, startNatter } from './natter-under-test.ts';
import { repeatAtOnce } from './repeat-at-once.ts';
import { sendRequests } from './send-requests.ts';

const atOnce = 16;
const messages = 1_000;
const pageSize = 50;
const operations = 320;

/** A page of 50 messages through the gateway and messaging, against what the driver alone needs for as many. */
export async function benchPage(): Promise<void> {
  const { record, pids, stop } = await startNatter(1);
  const [url] = record.gateway as [string];
  const authorization = await signIn(url, 'alice');
  const request = sendRequests(authorization, ['bob']);
  await load({ urls: [url], connections: atOnce, operations: messages, request, pids });
  const client = await MongoClient.connect(record.mongo.url, { readConcern: { level: 'majority' } });
  const read = await fillCollection(client, url, authorization);
  const figures = await interleave({
    'find(50) and JSON.stringify, by the driver alone': () => repeatAtOnce(read, { operations, atOnce }),
    'a page of 50 through gateway and messaging': () =>
      load({
        urls: [url],
        connections: atOnce,
        operations,
        request: {
          method: 'GET',
          path: `/api/v1/conversations/bob/messages?limit=${pageSize}`,
          headers: { authorization },
        },
        pids,
      }),
  });
  printFigures(`${atOnce} readers at once, on ${record.mongo.provider}`, figures);
  await client.close();
  await stop();
}

/** Puts the messages of a page, again and again, into a collection of their own. @returns what reads a page of them. */
async function fillCollection(client: MongoClient, url: string, authorization: string) {
  const route = `${url}/api/v1/conversations/bob/messages?limit=${pageSize}`;
  const response = await fetch(route, { headers: { authorization } });
  const { data } = (await response.json()) as { data: { conversationId: string }[] };
  const documents = client.db('bench').collection<{ conversationId: string; seq: number }>('messages');
  await documents.createIndex({ conversationId: 1, seq: 1 }, { unique: true });
  for (let start = 0; start < messages; start += pageSize) {
    await documents.insertMany(data.map(({ ...message }, index) => ({ ...message, seq: start + index + 1 })));
  }
  const conversationId = data[0]?.conversationId as string;
  const seq = { $gt: messages - pageSize, $lte: messages };
  return async () => JSON.stringify(await documents.find({ conversationId, seq }).sort({ seq: 1 }).toArray());
}
