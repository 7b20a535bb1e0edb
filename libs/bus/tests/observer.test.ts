import { expect, test } from '@jest/globals';
import { getUser, NatterError, userChanged } from '@natter/contracts';
import { uniqueName } from '@natter/testkit';
import { implement } from '../src/index.ts';
import { context, failure, openBus, serveOn, until } from './_bus.ts';
import { alice, patientRead, profile } from './_operations.ts';

test('each side is told of a request when it begins, and how it ended', async () => {
  const prefix = uniqueName();
  const [service, caller] = [await openBus(prefix), await openBus(prefix)];
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  await serveOn(service.bus, [
    implement(getUser, async () => {
      await held;
      return alice;
    }),
  ]);
  const answer = caller.bus.call(getUser, { id: alice.id }, context());
  await until('the request', () => service.observer.lines.length > 0);
  expect(service.observer.lines).toEqual(['serving get-user']);
  expect(caller.observer.lines).toEqual(['breaker users closed', 'calling get-user']);
  release();
  await answer;
  expect(service.observer.after('served')).toEqual(['get-user ok']);
  expect(caller.observer.after('called')).toEqual(['get-user ok']);
});

test.each([
  ['an error of the table', new NatterError('user_not_found'), 'user_not_found'],
  ['a defect', new Error('broken'), 'internal'],
])('both sides know %s by its code', async (_, thrown, code) => {
  const prefix = uniqueName();
  const [service, caller] = [await openBus(prefix), await openBus(prefix)];
  await serveOn(service.bus, [implement(getUser, () => Promise.reject(thrown))]);
  await failure(caller.bus.call(getUser, { id: alice.id }, context()));
  expect(service.observer.after('served')).toEqual([`get-user ${code}`]);
  expect(caller.observer.after('called')).toEqual([`get-user ${code}`]);
});

test('what is refused for want of room is told of as overloaded', async () => {
  const prefix = uniqueName();
  const [service, caller] = [await openBus(prefix), await openBus(prefix)];
  await serveOn(service.bus, [implement(getUser, async () => alice)], { maxInFlight: 0 });
  await failure(caller.bus.call(getUser, { id: alice.id }, context()));
  expect(service.observer.after('served')).toEqual(['get-user overloaded']);
});

test('every repeat of a call is told of, with what it follows on', async () => {
  const { bus, observer } = await openBus(uniqueName());
  await failure(bus.call(patientRead, { id: alice.id }, context()));
  expect(observer.after('repeating')).toEqual(['get-user no-responders', 'get-user no-responders']);
  expect(observer.after('called')).toEqual(['get-user service_unavailable']);
});

test('what became of each delivery of an event is told of, and how many wait can be asked for', async () => {
  const prefix = uniqueName();
  const { bus, observer } = await openBus(prefix);
  await bus.publish(userChanged, profile(1), { id: 'one' });
  let failures = 1;
  await bus.consume(userChanged, {
    durable: 'collector',
    handle: async () => {
      if (failures > 0) throw new Error(`${(failures -= 1)} left`);
    },
    deadLetter: async () => undefined,
  });
  await until('the event to be handled', () => observer.after('settled').length === 2);
  expect(observer.after('settled')).toEqual(['collector redelivered', 'collector acknowledged']);
  await until('nothing to wait', async () => (await observer.behind.get('collector')?.()) === 0);
});
