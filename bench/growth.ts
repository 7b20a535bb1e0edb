import { listConversations, listMessages, sendMessage } from '@natter/contracts';
import { compare, printTimings } from './compare.ts';
import { startMessaging } from './messaging-under-test.ts';

const rounds = { rounds: 200, warmUp: 20 };
const short = 1_000;
const long = 200_000;
const few = 10;
const many = 2_000;

/** Whether things cost the same however much there is. */
export async function benchGrowth(): Promise<void> {
  const { title, filler, call, stop } = await startMessaging();
  console.log(`On ${title}. Filling the database: some minutes …`);
  const [reader, busy, ...others] = await filler.users(many + 2);
  if (reader === undefined || busy === undefined) throw new Error('No users');
  const shortId = await filler.direct(reader, others[0] as string, short);
  const longId = await filler.direct(reader, others[1] as string, long);
  for (const other of others.slice(2, few)) await filler.direct(reader, other, 1);
  for (const other of others) await filler.direct(busy, other, 1);

  const page = (id: string, position?: { before: number }) => () =>
    call(listMessages, { callerId: reader, conversation: { id }, limit: 50, position });
  printTimings(
    'A page of 50 messages',
    await compare(
      {
        [`the newest of ${short}`]: page(shortId),
        [`the newest of ${long}`]: page(longId),
        [`in the middle of ${long}`]: page(longId, { before: long / 2 }),
      },
      rounds,
    ),
  );

  const send = (id: string) => () =>
    call(sendMessage, { callerId: reader, callerUsername: 'user0', conversation: { id }, content: 'hello' });
  printTimings(
    'A message sent, one after the other',
    await compare({ [`after ${short}`]: send(shortId), [`after ${long}`]: send(longId) }, rounds),
  );

  const list = (callerId: string) => () => call(listConversations, { callerId, limit: few });
  printTimings(
    `A page of ${few} conversations`,
    await compare({ [`of ${few}`]: list(reader), [`of ${many}`]: list(busy) }, rounds),
  );

  await stop();
}
