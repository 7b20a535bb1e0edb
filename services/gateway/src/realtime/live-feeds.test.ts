import { expect, it } from '@jest/globals';
import { NatterError } from '@natter/contracts';
import { createFeeds, openFor, RecordingClient } from './_feeds.ts';
import { SimulatedMessaging } from './_simulated-messaging.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

const minuteMs = 60_000;

/** A simulated messaging service that counts what is asked of it, and can be away. */
class Counted extends SimulatedMessaging {
  readonly asked = { heads: 0, sync: 0, readEntries: 0 };
  away = false;

  override heads(userId: string) {
    this.#ask('heads');
    return super.heads(userId);
  }

  override async sync(...request: Parameters<SimulatedMessaging['sync']>) {
    this.#ask('sync');
    return super.sync(...request);
  }

  override async readEntries(conversationId: string, after: number) {
    this.#ask('readEntries');
    return super.readEntries(conversationId, after);
  }

  #ask(what: keyof Counted['asked']): void {
    this.asked[what] += 1;
    if (this.away) throw new NatterError('service_unavailable');
  }
}

it('hears a conversation once, and reads a gap in it once, however many of its members are here', async () => {
  const messaging = new Counted();
  const users = Array.from({ length: 50 }, (_, index) => `user-${index}`);
  messaging.found('g', users);
  const { feeds, heard } = createFeeds(messaging);
  const clients = users.map(() => new RecordingClient());
  for (const [index, user] of users.entries()) await openFor(feeds, user, clients[index] as RecordingClient);
  expect([...heard].filter((address) => address === 'g')).toEqual(['g']);
  expect(heard.size).toBe(51);
  messaging.send('g');
  feeds.offer(messaging.send('g'));
  await settle();
  expect(messaging.asked.readEntries).toBe(1);
  for (const client of clients) expect(client.revs).toEqual([2, 3]);
});

it('forgets a user a little after their last stream, and what only they were told of', async () => {
  const messaging = new Counted();
  messaging.found('g', ['alice']);
  const { feeds, heard, clock } = createFeeds(messaging);
  const stream = await openFor(feeds, 'alice', new RecordingClient());
  stream.close('closed');
  clock.ms += 4_000;
  feeds.tick();
  const back = await openFor(feeds, 'alice', new RecordingClient());
  expect(messaging.asked.heads).toBe(1);
  clock.ms += minuteMs;
  feeds.tick();
  expect(heard.size).toBe(2);
  back.close('closed');
  clock.ms += 6_000;
  feeds.tick();
  expect(heard.size).toBe(0);
});

it('finds within minutes what was lost without a trace', async () => {
  const messaging = new Counted();
  messaging.found('g', ['alice']);
  const { feeds, clock } = createFeeds(messaging);
  const client = new RecordingClient();
  await openFor(feeds, 'alice', client);
  messaging.send('g');
  for (let minute = 0; minute < 5; minute += 1) {
    clock.ms += minuteMs;
    feeds.tick();
    await settle();
  }
  expect(client.revs).toEqual([2]);
});

it('ends a stream whose missing entries can’t be read, and opens none while nothing can be', async () => {
  const messaging = new Counted();
  messaging.found('g', ['alice', 'bob']);
  const { feeds } = createFeeds(messaging);
  const client = new RecordingClient();
  await openFor(feeds, 'alice', client);
  messaging.away = true;
  await expect(openFor(feeds, 'bob', new RecordingClient())).rejects.toMatchObject({
    code: 'service_unavailable',
  });
  messaging.send('g');
  feeds.offer(messaging.send('g'));
  await settle();
  expect(client.ended).toBe('unavailable');
  messaging.away = false;
  const resumed = new RecordingClient();
  await openFor(feeds, 'alice', resumed);
  feeds.offer(messaging.send('g'));
  expect(resumed.revs).toEqual([4]);
});

it('answers whoever waits for what can’t be read in time, goes on reading, and forgets it where nobody comes back', async () => {
  const { promise: back, resolve: comesBack } = Promise.withResolvers<undefined>();
  const messaging = new Counted(() => back);
  messaging.found('g', ['alice']);
  const { feeds, clock, heard } = createFeeds(messaging);
  const opening = () => openFor(feeds, 'alice', new RecordingClient(), { withinMs: 20 });
  await expect(opening()).rejects.toMatchObject({ code: 'service_unavailable', retryAfter: 1 });
  await expect(opening()).rejects.toMatchObject({ code: 'service_unavailable' });
  comesBack(undefined);
  await settle();
  expect([messaging.asked.heads, [...heard]]).toEqual([1, ['alice', 'g']]);
  clock.ms += 6_000;
  feeds.tick();
  expect(heard.size).toBe(0);
});

it.each([
  ['NATS was away', { connected: false }],
  ['the list of them could not be read', { known: false }],
])('ends all streams where sessions may have ended unheard of: %s', async (_what, doubt) => {
  const messaging = new Counted();
  const { feeds, clock, state } = createFeeds(messaging);
  const client = new RecordingClient();
  await openFor(feeds, 'alice', client, { sessionId: 's' });
  Object.assign(state, doubt);
  for (let minute = 0; minute < 5; minute += 1) {
    clock.ms += minuteMs;
    feeds.tick();
    expect(client.ended).toBeUndefined();
  }
  clock.ms += minuteMs;
  feeds.tick();
  expect(client.ended).toBe('unavailable');
});

it('refuses whose session ended while their stream was opened, and ends it where it ends afterwards', async () => {
  const { feeds, ended } = createFeeds(new Counted());
  ended.add('gone');
  const refused = new RecordingClient();
  await expect(openFor(feeds, 'alice', refused, { sessionId: 'gone' })).rejects.toThrow('ended');
  const client = new RecordingClient();
  await openFor(feeds, 'alice', client, { sessionId: 's' });
  feeds.sessionsEnded(['gone', 's']);
  expect([refused.ended, client.ended]).toEqual([undefined, 'session_ended']);
});

it('ends all streams of a session, whichever of them went before, and none of another of the same user', async () => {
  const messaging = new SimulatedMessaging();
  messaging.found('g', ['alice']);
  const { feeds } = createFeeds(messaging);
  const clients = ['phone', 'phone', 'laptop'].map((sessionId) => ({
    sessionId,
    client: new RecordingClient(),
  }));
  const streams = await Promise.all(
    clients.map(({ sessionId, client }) => openFor(feeds, 'alice', client, { sessionId })),
  );
  streams[0]?.close('closed');
  feeds.sessionsEnded(['phone']);
  expect(clients.map(({ client }) => client.ended)).toEqual([undefined, 'session_ended', undefined]);
  feeds.sessionsEnded(['phone', 'laptop']);
  expect(clients.map(({ client }) => client.ended)).toEqual([undefined, 'session_ended', 'session_ended']);
});

it('opens no stream by a password that was changed meanwhile', async () => {
  const messaging = new Counted(settle as () => Promise<undefined>);
  const { feeds } = createFeeds(messaging);
  const opening = openFor(feeds, 'alice', new RecordingClient());
  feeds.credentialsChanged('alice');
  await expect(opening).rejects.toMatchObject({ code: 'service_unavailable' });
});

it('has clients begin anew where the logs were put back to an earlier moment', async () => {
  const messaging = new Counted();
  messaging.found('g', ['alice']);
  const { feeds, clock } = createFeeds(messaging);
  const client = new RecordingClient();
  const { cursor } = await openFor(feeds, 'alice', client);
  messaging.epoch = '01941f29-7c00-7000-8000-0000000000f2';
  clock.ms += 5 * minuteMs;
  feeds.tick();
  await settle();
  expect(client.ended).toBe('unavailable');
  const resumed = new RecordingClient();
  await openFor(feeds, 'alice', resumed, { cursor });
  await settle();
  expect([resumed.resets, resumed.revs]).toEqual([1, []]);
  feeds.offer(messaging.send('g'));
  expect(resumed.revs).toEqual([2]);
});

it('gives what was missed first, as fast as the client takes it, then what came meanwhile', async () => {
  const messaging = new Counted();
  messaging.found('g', ['alice']);
  const { feeds } = createFeeds(messaging);
  const first = new RecordingClient();
  const { cursor } = await openFor(feeds, 'alice', first);
  for (let n = 0; n < 500; n += 1) messaging.send('g');
  const { promise: room, resolve: makeRoom } = Promise.withResolvers<void>();
  const client = new RecordingClient(() => room);
  const stream = await openFor(feeds, 'alice', client, { cursor });
  await settle();
  expect([client.revs.length, stream.cursor]).toEqual([5, undefined]);
  for (let n = 0; n < 300; n += 1) feeds.offer(messaging.send('g'));
  await settle();
  expect(client.revs).toHaveLength(5);
  makeRoom();
  for (let turn = 0; turn < 20; turn += 1) await settle();
  expect(client.revs).toEqual(Array.from({ length: 800 }, (_, index) => index + 2));
  expect(stream.cursor).toEqual(expect.any(String));
});

it('gives what came meanwhile as fast as the client takes it, too', async () => {
  const messaging = new Counted();
  messaging.found('g', ['alice']);
  const { feeds } = createFeeds(messaging);
  const first = new RecordingClient();
  const { cursor } = await openFor(feeds, 'alice', first);
  messaging.send('g');
  const waiting: (() => void)[] = [];
  const client = new RecordingClient(() => new Promise((resolve) => waiting.push(resolve)));
  await openFor(feeds, 'alice', client, { cursor });
  await settle();
  for (let n = 0; n < 200; n += 1) feeds.offer(messaging.send('g'));
  const counts = [client.revs.length];
  while (waiting.length > 0) {
    waiting.shift()?.();
    await settle();
    counts.push(client.revs.length);
  }
  // The first of those held is known already.
  expect(counts).toEqual([1, 64, 128, 192, 201]);
});

it('gives what came before a removal, though it happens while that is read', async () => {
  const messaging = new Counted();
  messaging.found('g', ['alice', 'bob']);
  const { feeds } = createFeeds(messaging);
  const first = new RecordingClient();
  const { cursor } = await openFor(feeds, 'alice', first);
  feeds.offer(messaging.send('g'));
  const sync = messaging.sync.bind(messaging);
  messaging.sync = async (_userId, position) => {
    messaging.sync = sync;
    // The conversation was found to have changed, and then the user to be no member of it.
    feeds.offer(messaging.remove('g', 'alice'));
    return { conversations: [], position, hasMore: false };
  };
  const client = new RecordingClient();
  await openFor(feeds, 'alice', client, { cursor });
  for (let turn = 0; turn < 5; turn += 1) await settle();
  expect([first.revs, client.revs]).toEqual([
    [2, 3],
    [2, 3],
  ]);
});

it('tells of what passes whom it concerns', async () => {
  const messaging = new Counted();
  messaging.found('g', ['alice', 'bob']);
  const { feeds } = createFeeds(messaging);
  const [alice, bob, carol] = [new RecordingClient(), new RecordingClient(), new RecordingClient()];
  for (const [user, client] of Object.entries({ alice, bob, carol })) await openFor(feeds, user, client);
  feeds.tellConversation('g', { type: 'typing', json: '1' }, (userId) => userId !== 'bob');
  feeds.tellUser('carol', { type: 'presence', json: '2' });
  expect([alice.told, bob.told, carol.told]).toEqual([['1'], [], ['2']]);
});

it('tells whoever was removed nothing of what passes afterwards, though it has not heard of the removal', async () => {
  const messaging = new Counted();
  messaging.found('g', ['alice', 'bob']);
  const { feeds } = createFeeds(messaging);
  const [alice, bob] = [new RecordingClient(), new RecordingClient()];
  for (const [user, client] of Object.entries({ alice, bob })) await openFor(feeds, user, client);
  const { rev } = messaging.remove('g', 'bob');
  const data = { conversationId: 'g', userId: 'carol', username: 'carol', expiresIn: 5 };
  await feeds.passed({ activity: { type: 'typing', data }, rev, audience: 'others', hiddenFrom: [] });
  expect([alice.revs, bob.revs]).toEqual([[rev], [rev]]);
  expect([alice.told, bob.told]).toEqual([[JSON.stringify(data)], []]);
});
