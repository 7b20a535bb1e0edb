import { expect, test } from '@jest/globals';
import { createUser, getUser } from '@natter/contracts';
import { uniqueName } from '@natter/testkit';
import { connect, headers } from 'nats';
import { implement } from '../src/index.ts';
import { context, failure, natsUrl, openBus, serveOn, until } from './_bus.ts';
import { alice, longBeforePatienceEnds, newUser, patientRead } from './_operations.ts';

/** A gate that handlers wait at, and how many do. */
function gate() {
  const { promise, resolve: open } = Promise.withResolvers<void>();
  const state = { waiting: 0 };
  return {
    state,
    open,
    pass: async <T>(response: T): Promise<T> => {
      state.waiting += 1;
      await promise;
      return response;
    },
  };
}

test('requests beyond the bound are refused at once, and served again when there is room', async () => {
  const prefix = uniqueName();
  const { bus } = await openBus(prefix);
  const { state, open, pass } = gate();
  await serveOn(bus, [implement(getUser, () => pass(alice))], { maxInFlight: 2 });
  const served = [1, 2].map(() => bus.call(getUser, { id: alice.id }, context()));
  await until('two handlers to be busy', () => state.waiting === 2);

  const { error, afterMs } = await failure(bus.call(patientRead, { id: alice.id }, context()));
  expect(error).toMatchObject({ code: 'overloaded', retryAfter: 1 });
  expect(afterMs).toBeLessThan(longBeforePatienceEnds);

  open();
  await expect(Promise.all(served)).resolves.toEqual([alice, alice]);
  await expect(bus.call(getUser, { id: alice.id }, context())).resolves.toEqual(alice);
});

test('stop waits for the handlers in flight, and every one of them is answered', async () => {
  const prefix = uniqueName();
  const service = await openBus(prefix);
  const caller = await openBus(prefix);
  const { state, open, pass } = gate();
  const serving = await serveOn(service.bus, [
    implement(createUser, () => pass(alice)),
    implement(getUser, async () => alice),
  ]);
  const calls = Array.from({ length: 20 }, () => caller.bus.call(createUser, newUser, context()));
  await until('20 handlers to be busy', () => state.waiting === 20);

  let stopped = false;
  const stopping = serving.stop().then(async () => {
    stopped = true;
    await service.bus.close();
  });
  await until('new requests to find nobody', async () => {
    const { error } = await failure(caller.bus.call(getUser, { id: alice.id }, context()));
    return error !== undefined;
  });
  expect(stopped).toBe(false);

  open();
  await stopping;
  await expect(Promise.all(calls)).resolves.toHaveLength(20);
  expect(state.waiting).toBe(20);
});

test('replicas share the requests and each is handled once', async () => {
  const prefix = uniqueName();
  const handled = [0, 0];
  for (const replica of [0, 1]) {
    const { bus } = await openBus(prefix);
    await serveOn(bus, [
      implement(getUser, async () => {
        handled[replica] = (handled[replica] ?? 0) + 1;
        return alice;
      }),
    ]);
  }
  const { bus } = await openBus(prefix);
  await Promise.all(Array.from({ length: 100 }, () => bus.call(getUser, { id: alice.id }, context())));
  expect(Math.min(...handled)).toBeGreaterThan(0);
  expect((handled[0] ?? 0) + (handled[1] ?? 0)).toBe(100);
});

test('a request that arrives after its deadline is refused without its handler', async () => {
  const prefix = uniqueName();
  const { bus } = await openBus(prefix);
  const { state, pass } = gate();
  await serveOn(bus, [implement(getUser, () => pass(alice))]);
  const answer = await ask(`${prefix}.rpc.users.v1.get-user`, JSON.stringify({ id: alice.id }), {
    'Natter-Remaining-Ms': '0',
  });
  expect(answer).toMatchObject({ code: 'service_unavailable' });
  expect(state.waiting).toBe(0);
});

test('a request that is not JSON is refused', async () => {
  const prefix = uniqueName();
  const { bus } = await openBus(prefix);
  await serveOn(bus, [implement(getUser, async () => alice)]);
  await expect(ask(`${prefix}.rpc.users.v1.get-user`, '{')).resolves.toMatchObject({
    code: 'malformed_json',
  });
});

test('a request typed at a NATS prompt is served', async () => {
  const prefix = uniqueName();
  const { bus } = await openBus(prefix);
  await serveOn(bus, [implement(getUser, async () => alice)]);
  const answer = ask(`${prefix}.rpc.users.v1.get-user`, JSON.stringify({ id: alice.id }));
  await expect(answer).resolves.toEqual(alice);
});

test('a request whose answer would become an event is not served', async () => {
  const prefix = uniqueName();
  const { bus } = await openBus(prefix);
  const asked: unknown[] = [];
  await serveOn(bus, [
    implement(getUser, async (request) => {
      asked.push(request);
      return alice;
    }),
  ]);
  const subject = `${prefix}.rpc.users.v1.get-user`;
  const nats = await connect({ servers: natsUrl() });
  const reply = `${prefix}.event.users.v1.user.changed`;
  nats.publish(subject, JSON.stringify({ username: 'alice' }), { reply });
  await nats.request(subject, JSON.stringify({ id: alice.id }), { timeout: 5_000 });
  await nats.close();
  expect(asked).toEqual([{ id: alice.id }]);
});

/** Asks as a program that knows nothing of ours would. */
async function ask(subject: string, body: string, fields: Record<string, string> = {}): Promise<unknown> {
  const nats = await connect({ servers: natsUrl() });
  const options = { timeout: 1_000, headers: headers() };
  for (const [name, value] of Object.entries(fields)) options.headers.set(name, value);
  const answer = await nats.request(subject, body, options);
  await nats.close();
  return answer.json();
}
