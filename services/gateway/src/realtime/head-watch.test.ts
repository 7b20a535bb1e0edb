import { expect, it } from '@jest/globals';
import { NatterError } from '@natter/contracts';
import { createFeeds, openFor, RecordingClient } from './_feeds.ts';
import { SimulatedMessaging } from './_simulated-messaging.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

const nothing = { heads: [], joined: [], last: false };

/** What a process says of what it pushed. */
const reportOf = (processId: string, number: number, said: object = {}) => ({
  processId,
  number,
  ...nothing,
  ...said,
});

/** Alice, who is told of `g`; and messaging, whose pushes nobody hears. */
async function follow() {
  const messaging = new SimulatedMessaging();
  messaging.found('g', ['alice']);
  const { feeds, clock, state } = createFeeds(messaging);
  const client = new RecordingClient();
  await openFor(feeds, 'alice', client, { sessionId: 's' });
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 1_000) {
      clock.ms += 1_000;
      feeds.tick();
      await settle();
    }
  };
  return { messaging, feeds, client, pass, state };
}

it('reads what was pushed and did not come, as far as a report says', async () => {
  const { messaging, feeds, client } = await follow();
  messaging.send('g');
  const { rev } = messaging.send('g');
  feeds.reported(reportOf('p', 1, { heads: [{ conversationId: 'g', rev }] }));
  await settle();
  expect(client.revs).toEqual([2, 3]);
});

it('reads nothing where all of it came, or nobody is told of it', async () => {
  const { messaging, feeds, client } = await follow();
  messaging.found('h', ['bob']);
  const entry = messaging.send('g');
  feeds.offer(entry);
  messaging.readEntries = () => Promise.reject(new Error('nobody asks'));
  const heads = ['g', 'h', 'i'].map((conversationId) => ({ conversationId, rev: 2 }));
  feeds.reported(reportOf('p', 1, { heads }));
  await settle();
  expect([client.revs, client.ended]).toEqual([[2], undefined]);
});

it('follows a conversation for whoever is in it unheard', async () => {
  const { messaging, feeds, client } = await follow();
  messaging.found('h', ['bob', 'alice']);
  const joined = ['bob', 'alice'].map((userId) => ({ userId, conversationId: 'h', rev: 1 }));
  feeds.reported(reportOf('p', 1, { joined }));
  await settle();
  feeds.offer(messaging.send('h'));
  expect(client.entries.map(({ conversationId, rev }) => [conversationId, rev])).toEqual([
    ['h', 1],
    ['h', 2],
  ]);
});

it.each([
  ['a report is missing', [1, 3]],
  ['the first of a process is', [2]],
])('compares everything with the logs where %s', async (_what, numbers) => {
  const { messaging, feeds, client, pass } = await follow();
  await pass(20_000);
  messaging.send('g');
  for (const number of numbers) feeds.reported(reportOf('p', number));
  await pass(1_000);
  expect(client.revs).toEqual([2]);
});

it('compares everything with the logs where a process falls silent, but not where it said its last', async () => {
  const { messaging, feeds, client, pass } = await follow();
  feeds.reported(reportOf('dies', 1));
  feeds.reported(reportOf('stops', 7));
  feeds.reported(reportOf('stops', 8, { last: true }));
  messaging.send('g');
  await pass(15_000);
  expect(client.revs).toEqual([]);
  await pass(1_000);
  expect(client.revs).toEqual([2]);
});

it('doubts nothing where NATS was away: what was said meanwhile is read by then', async () => {
  const { messaging, feeds, client, pass, state } = await follow();
  feeds.reported(reportOf('p', 1));
  state.connected = false;
  await pass(60_000);
  state.connected = true;
  feeds.missedSome();
  await settle();
  messaging.sync = () => Promise.reject(new Error('nobody asks'));
  feeds.reported(reportOf('p', 13));
  await pass(10_000);
  expect(client.ended).toBeUndefined();
});

it('tries on where nothing can be read for a while', async () => {
  const { messaging, feeds, client, pass } = await follow();
  await pass(20_000);
  const sync = messaging.sync.bind(messaging);
  messaging.sync = async () => {
    messaging.sync = sync;
    throw new NatterError('service_unavailable');
  };
  messaging.send('g');
  feeds.reported(reportOf('p', 2));
  await pass(1_000);
  expect(client.revs).toEqual([]);
  await pass(11_000);
  expect(client.revs).toEqual([2]);
});
