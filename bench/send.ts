import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { interleave, printFigures } from './interleave.ts';
import { load } from './load.ts';
import { createUsers, signIn, startNatter } from './natter-under-test.ts';
import { repeatAtOnce } from './repeat-at-once.ts';
import { sendRequests } from './send-requests.ts';

const atOnce = 16;
const operations = 800;

/** A keyed send, durable, the whole way from HTTP to the answer, against one insert into the same server. */
export async function benchSend(): Promise<void> {
  const { record, pids, stop } = await startNatter(1);
  const [url] = record.gateway as [string];
  const usernames = await createUsers(url, atOnce);
  const request = sendRequests(await signIn(url, 'alice'), usernames);
  const client = await MongoClient.connect(record.mongo.url, {
    writeConcern: { w: 'majority', journal: true },
  });
  const documents = client.db('bench').collection<{ _id: string }>('documents');
  const insert = () => documents.insertOne({ _id: randomUUID(), ...sample });
  const figures = await interleave({
    'insertOne, by the driver alone': () => repeatAtOnce(insert, { operations, atOnce }),
    'a keyed send, durable, the whole way': () =>
      load({ urls: [url], connections: atOnce, operations, request, pids }),
  });
  printFigures(`${atOnce} writers at once, on ${record.mongo.provider}`, figures);
  await client.close();
  await stop();
}

/** About as large as the entry of a message. */
const sample = {
  conversationId: randomUUID(),
  rev: 1,
  seq: 1,
  type: 'message.sent',
  actorId: randomUUID(),
  at: new Date(),
  data: { content: 'a message as long as people write when they have something to say', mentions: [] },
};
