import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createUser, getUser, sendMessage } from '@natter/contracts';
import { uniqueName } from '@natter/testkit';
import { type Bus, implement, type Serving } from '../src/index.ts';
import { context, failure, openBus, serveOn, until } from './_bus.ts';
import {
  alice,
  key,
  longBeforePatienceEnds,
  message,
  newUser,
  patientRead,
  patientWrite,
  quickKeyedWrite,
  quickRead,
  quickWrite,
  sent,
} from './_operations.ts';

/** A service whose handlers count their requests and never answer the first `silent` of them. */
async function freezable() {
  const prefix = uniqueName();
  const service = await openBus(prefix);
  const caller = await openBus(prefix);
  const state = { silent: Number.POSITIVE_INFINITY, handled: 0 };
  const handle =
    <T>(response: T) =>
    (): Promise<T> => {
      state.handled += 1;
      return state.handled <= state.silent ? new Promise(() => {}) : Promise.resolve(response);
    };
  await serveOn(service.bus, [implement(getUser, handle(alice)), implement(createUser, handle(alice))]);
  await serveOn(service.bus, [implement(sendMessage, handle(sent))], { service: 'messaging' });
  const { bus, logger, observer } = caller;
  return { state, caller: bus, logger, observer };
}

test('a write that is not answered by the deadline has an unknown outcome', async () => {
  const { caller } = await freezable();
  const start = performance.now();
  const { error, afterMs } = await failure(caller.call(patientWrite, newUser, context(300)));
  expect(error).toMatchObject({ code: 'outcome_unknown' });
  expect(performance.now() - start).toBeGreaterThan(290);
  expect(afterMs).toBeLessThan(longBeforePatienceEnds);
});

test('a read that is not answered by the deadline is service_unavailable', async () => {
  const { caller } = await freezable();
  const { error, afterMs } = await failure(caller.call(patientRead, { id: alice.id }, context(300)));
  expect(error).toMatchObject({ code: 'service_unavailable' });
  expect(afterMs).toBeLessThan(longBeforePatienceEnds);
});

test('a read that one replica does not answer is answered by another', async () => {
  const prefix = uniqueName();
  let asked = 0;
  const serveUnlessAskedFirst = async () => {
    const { bus } = await openBus(prefix);
    const serving: Serving = await serveOn(bus, [
      implement(getUser, async () => {
        if ((asked += 1) > 1) return alice;
        void serving.stop();
        return new Promise<never>(() => {});
      }),
    ]);
  };
  await Promise.all([serveUnlessAskedFirst(), serveUnlessAskedFirst()]);
  const { bus } = await openBus(prefix);
  await expect(bus.call(quickRead, { id: alice.id }, context())).resolves.toEqual(alice);
  expect(asked).toBeGreaterThan(1);
});

test('an answer that comes too late is not taken for that of another question', async () => {
  const { bus } = await openBus(uniqueName());
  const asked = Promise.withResolvers<void>();
  const answerLate = () => asked.promise.then(() => ({ ...alice, username: 'late' }));
  const answerAfterThat = async () => {
    asked.resolve();
    await setImmediate();
    return alice;
  };
  await serveOn(bus, [implement(createUser, answerLate), implement(getUser, answerAfterThat)]);
  const { error } = await failure(bus.call(quickWrite, newUser, context()));
  expect(error).toMatchObject({ code: 'outcome_unknown' });
  await expect(bus.call(patientRead, { id: alice.id }, context())).resolves.toEqual(alice);
});

test('an unanswered write is repeated where it has a key', async () => {
  const { state, caller } = await freezable();
  state.silent = 1;
  await expect(caller.call(quickKeyedWrite, message(key()), context())).resolves.toEqual(sent);
  expect(state.handled).toBeGreaterThan(1);
});

test('an unanswered write is not repeated where it has no key', async () => {
  const { state, caller } = await freezable();
  const keyless = await failure(caller.call(quickKeyedWrite, message(), context()));
  expect(keyless.error).toMatchObject({ code: 'outcome_unknown' });
  const unrepeatable = await failure(caller.call(quickWrite, newUser, context()));
  expect(unrepeatable.error).toMatchObject({ code: 'outcome_unknown' });
  await until('both to have arrived', () => state.handled >= 2);
  expect(state.handled).toBe(2);
});

test('a write stays unknown when its repetition finds nobody', async () => {
  const prefix = uniqueName();
  const [service, caller] = [await openBus(prefix), await openBus(prefix)];
  const messaging: Serving = await serveOn(
    service.bus,
    [
      implement(sendMessage, () => {
        void messaging.stop();
        return new Promise(() => {});
      }),
    ],
    { service: 'messaging' },
  );
  const { error } = await failure(caller.bus.call(quickKeyedWrite, message(key()), context()));
  expect(error).toMatchObject({ code: 'outcome_unknown' });
  expect(caller.observer.after('repeating').at(-1)).toBe('send-message no-responders');
});

test('the breaker opens on silence, refuses at once, and closes when the service answers again', async () => {
  const { state, caller, logger, observer } = await freezable();
  const unanswered = Array.from({ length: 20 }, () => failure(caller.call(quickWrite, newUser, context())));
  for (const { error } of await Promise.all(unanswered))
    expect(error).toMatchObject({ code: 'outcome_unknown' });
  expect(logger.count('breaker opened')).toBe(1);
  expect(observer.after('breaker users')).toEqual(['closed', 'open']);

  await until('all to have arrived', () => state.handled === unanswered.length);
  const refused = await failure(caller.call(quickWrite, newUser, context()));
  expect(refused.error).toMatchObject({ code: 'service_unavailable', retryAfter: expect.any(Number) });
  expect(state.handled).toBe(unanswered.length);

  state.silent = 0;
  await until('the breaker to close', () => answers(caller));
  expect(logger.count('breaker closed')).toBe(1);
  expect(observer.after('breaker users').slice(-2)).toEqual(['half-open', 'closed']);
});

test('a breaker of one service leaves the others alone', async () => {
  const { state, caller } = await freezable();
  await Promise.all(Array.from({ length: 20 }, () => failure(caller.call(quickWrite, newUser, context()))));
  state.silent = 0;
  await expect(caller.call(sendMessage, message(), context())).resolves.toEqual(sent);
});

test('errors that a service answers do not open the breaker', async () => {
  const prefix = uniqueName();
  const { bus, logger } = await openBus(prefix);
  await serveOn(bus, [implement(getUser, () => Promise.reject(new Error('broken')))]);
  for (let i = 0; i < 40; i += 1) await failure(bus.call(getUser, { id: alice.id }, context()));
  expect(logger.count('breaker opened')).toBe(0);
});

async function answers(bus: Bus): Promise<boolean> {
  const { error } = await failure(bus.call(quickRead, { id: alice.id }, context()));
  return error === undefined;
}
