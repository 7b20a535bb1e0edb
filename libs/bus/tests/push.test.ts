import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { conversationJoined, sessionEnded } from '@natter/contracts';
import { NatsBroker, uniqueName } from '@natter/testkit';
import { connect } from 'nats';
import type { Bus } from '../src/index.ts';
import { pushSubject } from '../src/subject.ts';
import { natsUrl, openBus, until } from './_bus.ts';

const ended = () => ({ userId: randomUUID(), sessions: [] });

const joined = (rev: number) => ({ conversationId: randomUUID(), rev, userIds: [randomUUID()] });

/** What a bus hears from now on. */
async function listenOn(bus: Bus) {
  const heard: string[] = [];
  let gaps = 0;
  const listening = await bus.listen(sessionEnded, {
    handle: ({ userId }) => heard.push(userId),
    onGap: () => {
      gaps += 1;
    },
  });
  return { heard, gaps: () => gaps, stop: () => listening.stop() };
}

test('a push reaches every process that listens, replicas of one service too, and no other prefix', async () => {
  const prefix = uniqueName();
  const [users, one, other, stranger] = await Promise.all([
    openBus(prefix),
    openBus(prefix, natsUrl(), 'gateway'),
    openBus(prefix, natsUrl(), 'gateway'),
    openBus(uniqueName()),
  ]);
  const all = [await listenOn(one.bus), await listenOn(other.bus), await listenOn(stranger.bus)];
  const pushed = [ended(), ended(), ended()];
  for (const push of pushed) await users.bus.push(sessionEnded, push);
  const userIds = pushed.map(({ userId }) => userId);
  for (const { heard } of all.slice(0, 2)) {
    await until('all pushes', () => heard.length === 3);
    expect(heard).toEqual(userIds);
  }
  expect(all[2]?.heard).toEqual([]);
});

test('a push that is not understood is logged, and those after it are heard', async () => {
  const prefix = uniqueName();
  const { bus, logger } = await openBus(prefix);
  const { heard } = await listenOn(bus);
  const bare = await connect({ servers: natsUrl() });
  for (const text of ['no JSON', '{"userId":1}']) bare.publish(pushSubject(prefix, sessionEnded), text);
  await bare.flush();
  await bare.close();
  await until('both to be logged', () => logger.count('push not understood') === 2);
  await bus.push(sessionEnded, ended());
  await until('the push after', () => heard.length === 1);
});

test('who stopped listening hears nothing more', async () => {
  const { bus } = await openBus(uniqueName());
  const [stopped, other] = [await listenOn(bus), await listenOn(bus)];
  stopped.stop();
  await bus.push(sessionEnded, ended());
  await until('the other to hear it', () => other.heard.length === 1);
  expect(stopped.heard).toEqual([]);
});

test('who listens is told of each gap, and hears on after it; a push into the gap fails', async () => {
  await using broker = await NatsBroker.create({});
  await broker.start();
  const { bus } = await openBus(uniqueName(), broker.url);
  const listener = await listenOn(bus);
  for (const gap of [1, 2]) {
    await broker.kill();
    await until('the bus to notice', () => !bus.connected);
    await expect(bus.push(sessionEnded, ended())).rejects.toMatchObject({ code: 'service_unavailable' });
    expect(listener.gaps()).toBe(gap - 1);
    await broker.start();
    await until('the gap to be told', () => listener.gaps() === gap);
    expect(bus.connected).toBe(true);
    const after = ended();
    await bus.push(sessionEnded, after);
    await until('the push after the gap', () => listener.heard.length === gap);
    expect(listener.heard.at(-1)).toBe(after.userId);
  }
});

test('a push with an address reaches only who listens there', async () => {
  const prefix = uniqueName();
  const { bus } = await openBus(prefix);
  const [mine, other] = [randomUUID(), randomUUID()];
  const heard: number[] = [];
  await bus.listen(conversationJoined, {
    address: mine,
    handle: ({ rev }) => heard.push(rev),
    onGap: () => undefined,
  });
  await bus.push(conversationJoined, joined(1), { address: other });
  await bus.push(conversationJoined, joined(2), { address: mine });
  await until('the one of its own', () => heard.length > 0);
  expect(heard).toEqual([2]);
});

test('who listens by address hears what is addressed to those that were added, until they are removed', async () => {
  const prefix = uniqueName();
  const { bus } = await openBus(prefix);
  const [one, two, never] = [randomUUID(), randomUUID(), randomUUID()];
  const heard: [string, number][] = [];
  const listener = bus.listenByAddress(conversationJoined, {
    handle: ({ rev }, address) => heard.push([address, rev]),
    onGap: () => undefined,
  });
  for (const address of [one, two, one]) listener.add(address);
  await listener.settled();
  const hint = (address: string, rev: number) => bus.hint(conversationJoined, joined(rev), { address });
  for (const [rev, address] of [one, never, two].entries()) expect(hint(address, rev + 1)).toBe(true);
  await until('both', () => heard.length === 2);
  listener.remove(one);
  hint(one, 4);
  hint(two, 5);
  await until('the one that is still there', () => heard.length === 3);
  expect(heard).toEqual([
    [one, 1],
    [two, 3],
    [two, 5],
  ]);
  listener.stop();
});

test('who listens by address is told of a gap once, and hears on at every address', async () => {
  await using broker = await NatsBroker.create({});
  await broker.start();
  const { bus } = await openBus(uniqueName(), broker.url);
  const addresses = [randomUUID(), randomUUID()];
  const heard: string[] = [];
  let gaps = 0;
  const listener = bus.listenByAddress(conversationJoined, {
    handle: (_, address) => heard.push(address),
    onGap: () => {
      gaps += 1;
    },
  });
  for (const address of addresses) listener.add(address);
  await broker.kill();
  await until('the bus to notice', () => !bus.connected);
  expect(bus.hint(conversationJoined, joined(1), { address: addresses[0] as string })).toBe(false);
  await expect(listener.settled()).rejects.toMatchObject({ code: 'service_unavailable' });
  await broker.start();
  await until('the gap to be told', () => gaps === 1);
  for (const address of addresses) bus.hint(conversationJoined, joined(1), { address });
  await until('both', () => heard.length === 2);
  expect([heard, gaps]).toEqual([addresses, 1]);
});
