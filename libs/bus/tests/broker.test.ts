import { expect, test } from '@jest/globals';
import { createUser, getUser, userChanged } from '@natter/contracts';
import { NatsBroker, uniqueName } from '@natter/testkit';
import { connect } from 'nats';
import { connectBus, implement } from '../src/index.ts';
import { context, failure, openBus, serveOn, until } from './_bus.ts';
import { alice, longBeforePatienceEnds, newUser, patientRead, patientWrite, profile } from './_operations.ts';
import { recordingLogger } from './_recording-logger.ts';
import { SlowPort } from './_slow-port.ts';

async function running(...extra: string[]): Promise<NatsBroker> {
  const broker = await NatsBroker.create({ extra });
  await broker.start();
  return broker;
}

test('serving and consuming go on after the broker was killed and is back', async () => {
  await using broker = await running();
  const prefix = uniqueName();
  const service = await openBus(prefix, broker.url);
  const caller = await openBus(prefix, broker.url);
  const versions: number[] = [];
  await serveOn(service.bus, [implement(getUser, async () => alice)]);
  await caller.bus.consume(userChanged, {
    durable: 'collector',
    handle: async ({ version }) => void versions.push(version),
    deadLetter: async () => {},
  });
  await service.bus.publish(userChanged, profile(1), { id: '1' });
  await until('the event before', () => versions.includes(1));

  await broker.kill();
  await until('both to notice', () => !service.bus.connected && !caller.bus.connected);
  const { error, afterMs } = await failure(caller.bus.call(patientRead, { id: alice.id }, context()));
  expect(error).toMatchObject({ code: 'service_unavailable', retryAfter: 1 });
  expect(afterMs).toBeLessThan(longBeforePatienceEnds);
  await expect(service.bus.publish(userChanged, profile(2), { id: '2' })).rejects.toMatchObject({
    code: 'service_unavailable',
  });

  await broker.start();
  await until('both to be back', () => service.bus.connected && caller.bus.connected);
  await expect(caller.bus.call(getUser, { id: alice.id }, context())).resolves.toEqual(alice);
  await service.bus.publish(userChanged, profile(2), { id: '2' });
  await until('the event after', () => versions.includes(2));
  expect(versions).toEqual([1, 2]);
  expect(caller.logger.count('NATS disconnected')).toBe(1);
  expect(caller.logger.count('NATS reconnected')).toBe(1);
});

test('a broker that is away for long is still looked for', async () => {
  await using broker = await running();
  const { bus } = await openBus(uniqueName(), broker.url);
  await broker.kill();
  {
    await using callers = await broker.hangUp();
    await until('more attempts than the client makes by default', () => callers.count() > 11);
  }
  await broker.start();
  await until('the bus to be back', () => bus.connected);
});

test('a write in flight when the broker dies has an unknown outcome, at once', async () => {
  await using broker = await running();
  const prefix = uniqueName();
  const { bus } = await openBus(prefix, broker.url);
  const handled = Promise.withResolvers<void>();
  const unanswered = () => {
    handled.resolve();
    return new Promise<never>(() => {});
  };
  await serveOn(bus, [implement(createUser, unanswered), implement(getUser, unanswered)]);
  const write = failure(bus.call(patientWrite, newUser, context()));
  const read = failure(bus.call(patientRead, { id: alice.id }, context()));
  await handled.promise;
  await broker.kill();
  expect((await read).error).toMatchObject({ code: 'service_unavailable' });
  const { error, afterMs } = await write;
  expect(error).toMatchObject({ code: 'outcome_unknown' });
  expect(afterMs).toBeLessThan(longBeforePatienceEnds);
});

test('a broker that comes back with nothing gets its stream and its consumer again', async () => {
  await using broker = await running();
  const prefix = uniqueName();
  const { bus } = await openBus(prefix, broker.url);
  const versions: number[] = [];
  await bus.consume(userChanged, {
    durable: 'collector',
    handle: async ({ version }) => void versions.push(version),
    deadLetter: async () => {},
  });
  await bus.publish(userChanged, profile(1), { id: '1' });
  await until('the event before', () => versions.includes(1));

  await broker.kill();
  await broker.wipe();
  await broker.start();
  await until('the event to be published', () =>
    bus.publish(userChanged, profile(2), { id: '2' }).then(
      () => true,
      () => false,
    ),
  );
  await until('the event after', () => versions.includes(2));
});

test('a frozen broker is noticed, and close does not wait for it', async () => {
  await using broker = await running();
  const { bus } = await openBus(uniqueName(), broker.url);
  broker.freeze();
  const start = performance.now();
  await bus.close();
  // The client notices after 9 s.
  expect(performance.now() - start).toBeLessThan(8_000);

  broker.thaw();
  const other = await openBus(uniqueName(), broker.url);
  broker.freeze();
  await until('the frozen broker to be noticed', () => !other.bus.connected);
  broker.thaw();
  await until('the broker to be back', () => other.bus.connected);
});

test('a broker that was too slow for an attempt to connect gets one connection all the same', async () => {
  await using broker = await running('--user', 'natter', '--pass', 'secret');
  const url = broker.url.replace('//', '//natter:secret@');
  const service = await openBus(uniqueName(), url);
  await serveOn(service.bus, [implement(getUser, async () => alice)]);
  await broker.kill();
  const slow = await SlowPort.open(broker.port);
  await until('two attempts', () => slow.waiting >= 2);
  slow.stopListening();
  await broker.start();
  await until('the bus to be back', () => service.bus.connected);
  // A broker hangs up on who connects and doesn't say who they are.
  await slow.letThrough();
  const nats = await connect({ servers: broker.url, user: 'natter', pass: 'secret' });
  const replicas = await nats.services.client().ping('users');
  let count = 0;
  for await (const _ of replicas) count += 1;
  await nats.close();
  expect([count, service.logger.count('NATS disconnected')]).toEqual([1, 1]);
});

test('close does not wait for a broker that is away', async () => {
  await using broker = await running();
  const prefix = uniqueName();
  const { bus } = await openBus(prefix, broker.url);
  const serving = await serveOn(bus, [implement(getUser, async () => alice)]);
  const consuming = await bus.consume(userChanged, {
    durable: 'collector',
    handle: async () => {},
    deadLetter: async () => {},
  });
  await broker.kill();
  await until('the bus to notice', () => !bus.connected);
  await Promise.all([serving.stop(), consuming.stop()]);
  await bus.close();
  expect(bus.closed).toBe(true);
});

test('a bus that starts before its broker complains once and connects when it is there', async () => {
  await using broker = await NatsBroker.create();
  const logger = recordingLogger();
  const connecting = connectBus({ url: broker.url, name: 'test', prefix: uniqueName(), logger });
  await until('the complaint', () => logger.entries.length > 0);
  await broker.start();
  const bus = await connecting;
  expect(bus.connected).toBe(true);
  expect(logger.count('NATS is not reachable')).toBe(1);
  await bus.close();
});

test('connecting ends when it is aborted', async () => {
  await using broker = await NatsBroker.create();
  const abort = new AbortController();
  const options = { url: broker.url, name: 'test', prefix: uniqueName(), logger: recordingLogger() };
  const connecting = failure(connectBus(options, abort.signal));
  abort.abort();
  expect((await connecting).error).toMatchObject({ name: 'AbortError' });
});

test('credentials in the URL are used, and refused ones are not tried again', async () => {
  await using broker = await running('--user', 'natter', '--pass', 's:cr/t');
  const url = (password: string) => `nats://natter:${encodeURIComponent(password)}@127.0.0.1:${broker.port}`;
  const { bus } = await openBus(uniqueName(), url('s:cr/t'));
  expect(bus.connected).toBe(true);
  await expect(openBus(uniqueName(), url('wrong'))).rejects.toThrow(
    'NATS refused the credentials of the user "natter"',
  );
  await expect(openBus(uniqueName(), broker.url)).rejects.toThrow(
    'NATS refused the credentials that it was given',
  );
});
