import { expect, test } from '@jest/globals';
import { type Operation, sendMessage } from '@natter/contracts';
import { uniqueName } from '@natter/testkit';
import { connect } from 'nats';
import { type Bus, implement } from '../src/index.ts';
import { instanceSubject, presenceSubject } from '../src/subject.ts';
import { context, natsUrl, openBus, serveOn, until } from './_bus.ts';
import { key, message, quickKeyedWrite, sent } from './_operations.ts';

/** Calls of which it is no chance if one instance gets them all, or if each gets some. */
const many = 40;

/** As those know it who know nothing of instances. */
const older = { ...sendMessage, affinity: undefined };

/** An instance of messaging, what it has handled, and, while frozen, never answers. */
async function startInstance(prefix: string, operation: Operation = sendMessage) {
  const { bus } = await openBus(prefix);
  const state = { handled: 0, frozen: false };
  const serving = await serveOn(
    bus,
    [
      implement(operation, () => {
        state.handled += 1;
        return state.frozen ? new Promise(() => {}) : Promise.resolve(sent);
      }),
    ],
    { service: 'messaging' },
  );
  return { state, stop: () => serving.stop() };
}

type Instance = Awaited<ReturnType<typeof startInstance>>;

/** How many of the calls each instance gets. */
async function shares(instances: readonly Instance[], calls: () => Promise<unknown>[]): Promise<number[]> {
  const before = instances.map(({ state }) => state.handled);
  await Promise.all(calls());
  return instances.map(({ state }, index) => state.handled - (before[index] ?? 0));
}

const send = (bus: Bus, username = 'bob', operation: typeof sendMessage = sendMessage) =>
  bus.call(operation, { ...message(key()), conversation: { with: username } }, context());

const toOne = (bus: Bus) => () => Array.from({ length: many }, () => send(bus));
const toMany = (bus: Bus) => () => Array.from({ length: many }, (_, index) => send(bus, `user${index}`));

/**
 * Waits until every caller knows of all instances, and one of these, whichever, gets all that goes to one conversation,
 * while other conversations go to the others.
 */
async function preferred(instances: readonly Instance[], callers: readonly Bus[]): Promise<Instance> {
  let counts: number[] = [];
  const oneGetsAll = async () => {
    counts = await shares(instances, () => callers.flatMap((bus) => toOne(bus)()));
    return counts.includes(many * callers.length);
  };
  const allAreAsked = async (bus: Bus) => !(await shares(instances, toMany(bus))).includes(0);
  await until('one of all instances to be preferred', async () => {
    // Whoever knows of none has any of them asked, and whoever knows of one that one: who does neither knows of all.
    if (!(await oneGetsAll())) return false;
    for (const bus of callers) if (!(await allAreAsked(bus))) return false;
    return oneGetsAll();
  });
  return instances[counts.findIndex((count) => count > 0)]!;
}

test('writes to one conversation all go to one instance, whoever asks; other conversations to others', async () => {
  const prefix = uniqueName();
  const instances = [await startInstance(prefix), await startInstance(prefix)];
  const callers = [(await openBus(prefix)).bus, (await openBus(prefix)).bus];
  await expect(preferred(instances, callers)).resolves.toBeDefined();
});

test('an instance that does not answer is left out at once, and is preferred again when it is heard of', async () => {
  const prefix = uniqueName();
  const instances = [await startInstance(prefix), await startInstance(prefix)];
  const { bus } = await openBus(prefix);
  const first = await preferred(instances, [bus]);
  first.state.frozen = true;
  await expect(send(bus, 'bob', quickKeyedWrite)).resolves.toEqual(sent);
  first.state.frozen = false;
  await until('the first to be preferred again', async () => (await preferred(instances, [bus])) === first);
});

test('an instance that stops fails no call', async () => {
  const prefix = uniqueName();
  const instances = [await startInstance(prefix), await startInstance(prefix)];
  const { bus } = await openBus(prefix);
  const first = await preferred(instances, [bus]);
  const calls = toOne(bus)();
  await first.stop();
  await expect(Promise.all(calls)).resolves.toHaveLength(many);
});

test('nothing more is sent to an instance that has stopped', async () => {
  const prefix = uniqueName();
  const instances = [await startInstance(prefix), await startInstance(prefix)];
  const { bus } = await openBus(prefix);
  const first = await preferred(instances, [bus]);
  await first.stop();
  // Where it was served nobody is any more; who listens now sees what is sent there all the same.
  const nats = await connect({ servers: natsUrl() });
  const asked = new Set<string>();
  nats.subscribe(instanceSubject(prefix, sendMessage, '*'), {
    callback: (_, { subject }) => void asked.add(subject),
  });
  await nats.flush();
  // The answer of the other comes after what the first said last.
  await send(bus, 'bob', older);
  const [other] = instances.filter((instance) => instance !== first) as [Instance];
  expect(await shares([other], toOne(bus))).toEqual([many]);
  await nats.flush();
  expect(asked.size).toBeLessThanOrEqual(1);
  await nats.close();
});

test('instances that are said to be there and are not fail no call', async () => {
  const prefix = uniqueName();
  await startInstance(prefix);
  const { bus } = await openBus(prefix);
  await send(bus);
  const nats = await connect({ servers: natsUrl() });
  for (let ghost = 0; ghost < 100; ghost += 1) {
    nats.publish(presenceSubject(prefix, 'messaging', 'serving'), `ghost${ghost}`);
  }
  await nats.flush();
  // The answer of whoever serves comes after the ghosts.
  await send(bus, 'bob', older);
  await expect(send(bus)).resolves.toEqual(sent);
  await nats.close();
});

test('instances that know nothing of this are asked as before', async () => {
  const prefix = uniqueName();
  const instances = [await startInstance(prefix, older), await startInstance(prefix, older)];
  const { bus } = await openBus(prefix);
  expect(await shares(instances, toOne(bus))).not.toContain(0);
});
