import { expect, it } from '@jest/globals';
import { type Entry, type headsReported, NatterError, type PushedBy } from '@natter/contracts';
import { createFeeds, openFor, RecordingClient } from './_feeds.ts';
import { SimulatedMessaging } from './_simulated-messaging.ts';
import type { Stream } from './live-events.ts';

type Report = PushedBy<typeof headsReported>;

const userIds = ['alice', 'bob', 'carol'];

const groups = ['g1', 'g2', 'g3', 'g4', 'g5'];

const steps = 250;

/** Mulberry32: the same numbers for the same seed. */
function randomOf(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    chance: (probability: number) => next() < probability,
    below: (limit: number) => Math.floor(next() * limit),
    one: <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T,
  };
}

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await Promise.resolve();
};

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** One device of a user, that is cut off and comes back with its cursor. */
class Device {
  readonly #messaging: SimulatedMessaging;
  readonly #userId: string;
  /** What it has of each conversation. */
  readonly #known = new Map<string, number>();
  /** What was there already when it began. */
  #before = new Map<string, number>();
  #stream: Stream | undefined;
  #client = new RecordingClient();
  #taken = 0;
  #cursor: string | undefined;
  /** Given twice on one stream. */
  repeats = 0;

  constructor(messaging: SimulatedMessaging, userId: string) {
    this.#messaging = messaging;
    this.#userId = userId;
  }

  get connected(): boolean {
    return this.#stream !== undefined && this.#client.ended === undefined;
  }

  async connect(
    open: (client: RecordingClient, cursor: string | undefined) => Promise<Stream>,
  ): Promise<void> {
    const client = new RecordingClient(() => turns(3));
    const cursor = this.#cursor;
    try {
      const stream = await open(client, cursor);
      if (cursor === undefined) {
        this.#before = new Map(groups.map((id) => [id, this.#messaging.headOf(id)]));
        this.#cursor = stream.cursor;
      }
      this.#client = client;
      this.#taken = 0;
      this.#stream = stream;
    } catch (error) {
      if (!(error instanceof NatterError)) throw error;
    }
  }

  cut(): void {
    this.take();
    this.#stream?.close('closed');
    this.#stream = undefined;
  }

  /** Takes what came, and checks it. */
  take(): void {
    const fresh = new Map<string, number>();
    for (const entry of this.#client.entries.slice(0, this.#taken))
      fresh.set(entry.conversationId, entry.rev);
    for (const entry of this.#client.entries.slice(this.#taken)) {
      if (entry.rev <= (fresh.get(entry.conversationId) ?? 0)) this.repeats += 1;
      fresh.set(entry.conversationId, entry.rev);
      this.#takeOne(entry);
    }
    this.#taken = this.#client.entries.length;
    this.#cursor = this.#client.cursor ?? this.#cursor;
  }

  #takeOne(entry: Entry): void {
    const { conversationId, rev } = entry;
    const known = this.#known.get(conversationId) ?? 0;
    if (rev <= known) return;
    if (rev > this.#messaging.lastFor(this.#userId, conversationId))
      throw new Error(`${this.#userId} is told of ${conversationId} ${rev}, being no member`);
    // Where a push is lost without a trace, who is added anew may not have heard that they had been before.
    const isBack = entry.type === 'member.added' && entry.data.userId === this.#userId;
    if (!isBack) this.#expectNothingMissing(conversationId, known, rev);
    this.#known.set(conversationId, rev);
  }

  expectAll(): void {
    for (const id of this.#messaging.conversationIds) {
      this.#expectNothingMissing(id, this.#known.get(id) ?? 0, this.#messaging.headOf(id) + 1);
    }
  }

  #expectNothingMissing(conversationId: string, after: number, before: number): void {
    for (let rev = after + 1; rev < before; rev += 1) {
      if (rev <= (this.#before.get(conversationId) ?? 0)) continue;
      if (!this.#messaging.isFor(this.#userId, { conversationId, rev })) continue;
      throw new Error(`${this.#userId} misses ${conversationId} ${rev}, has ${after}, got ${before}`);
    }
  }
}

async function run(seed: number): Promise<void> {
  const random = randomOf(seed);
  let failing = false;
  const messaging = new SimulatedMessaging(async () => {
    await turns(random.below(30));
    if (failing && random.chance(0.2)) throw new NatterError('service_unavailable');
  });
  for (const id of groups)
    messaging.found(
      id,
      userIds.filter(() => random.chance(0.7)),
    );
  const { feeds, clock, heard } = createFeeds(messaging);
  const devices = userIds.flatMap((userId) =>
    [0, 1].map(() => ({ userId, device: new Device(messaging, userId) })),
  );
  const inTransit: (() => void)[] = [];
  let report: Pick<Report, 'number' | 'heads' | 'joined'> = { number: 1, heads: [], joined: [] };

  // A push is heard where its address is heard when it arrives; or it is lost, or comes twice.
  const push = (address: string, hear: () => void) => {
    const copies = random.chance(0.1) ? 0 : random.chance(0.1) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) inTransit.push(() => heard.has(address) && hear());
  };
  const tell = (entry: Entry) => {
    push(entry.conversationId, () => feeds.offer(entry));
    const { conversationId, rev } = entry;
    report.heads.push({ conversationId, rev });
    if (entry.type === 'member.added') {
      const { userId } = entry.data;
      push(userId, () => feeds.joined({ conversationId, rev, userIds: [userId] }));
      report.joined.push({ userId, conversationId, rev });
    }
  };
  // Sometimes late, and sometimes lost, of which the number of the next tells.
  const sendReport = () => {
    const sent = {
      processId: 'p',
      number: report.number,
      heads: report.heads,
      joined: report.joined,
      last: false,
    };
    report = { number: report.number + 1, heads: [], joined: [] };
    if (random.chance(0.9)) inTransit.push(() => feeds.reported(sent));
  };
  const write = () => {
    const id = random.one(groups);
    const userId = random.one(userIds);
    if (random.chance(0.8)) return messaging.send(id);
    return messaging.isMember(id, userId) ? messaging.remove(id, userId) : messaging.add(id, userId);
  };
  const arrive = (index: number) => inTransit.splice(index, 1)[0]?.();

  for (let step = 0; step < steps; step += 1) {
    failing = step > 50 && step < 100;
    if (random.chance(0.7)) tell(write());
    if (random.chance(0.8)) arrive(random.chance(0.8) ? 0 : random.below(inTransit.length));
    for (const { userId, device } of devices) {
      device.take();
      if (device.connected && random.chance(0.03)) device.cut();
      else if (!device.connected && random.chance(0.2)) {
        await device.connect((client, cursor) =>
          openFor(feeds, userId, client, { cursor, sessionId: userId }),
        );
      }
    }
    if (random.chance(0.02)) feeds.missedSome();
    if (random.chance(0.1)) sendReport();
    if (random.chance(0.05)) clock.ms += 7_000;
    feeds.tick();
    await turns(random.below(40));
  }

  failing = false;
  while (inTransit.length > 0) arrive(0);
  for (let round = 0; round < 3; round += 1) {
    await settle();
    for (const { userId, device } of devices) {
      device.take();
      if (!device.connected)
        await device.connect((client, cursor) => openFor(feeds, userId, client, { cursor }));
    }
    feeds.missedSome();
    await settle();
  }
  for (const { userId, device } of devices) {
    if (!device.connected)
      await device.connect((client, cursor) => openFor(feeds, userId, client, { cursor, sessionId: userId }));
  }
  await settle();
  await settle();
  for (const { device } of devices) {
    device.take();
    device.expectAll();
    expect(device.repeats).toBe(0);
    device.cut();
  }
  clock.ms += 60_000;
  feeds.tick();
  await settle();
  expect([...heard]).toEqual([]);
}

it.each(Array.from({ length: 60 }, (_, index) => index + 1))(
  'whatever pushes do, every device gets every entry, in order, once a stream: seed %i',
  run,
);
