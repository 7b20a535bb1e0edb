import { expect, test } from '@jest/globals';
import { createUser, getUser, NatterError, type Operation } from '@natter/contracts';
import { uniqueName } from '@natter/testkit';
import { implement } from '../src/index.ts';
import { context, failure, openBus, serveOn, until, watch } from './_bus.ts';
import { alice, patientRead } from './_operations.ts';

/** Bytes; the highest `max_payload` that a NATS server accepts. */
const mostThatNatsCarries = 64 * 1024 * 1024;

async function pair(handle: Parameters<typeof implement<typeof getUser>>[1]) {
  const prefix = uniqueName();
  const service = await openBus(prefix);
  const caller = await openBus(prefix);
  await serveOn(service.bus, [implement(getUser, handle)]);
  return { service, caller: caller.bus };
}

test('a call gives what the handler answered to the parsed request', async () => {
  const { caller } = await pair(async (request) => ({ ...alice, ...request }));
  await expect(caller.call(getUser, { username: 'BOB' }, context())).resolves.toEqual({
    ...alice,
    username: 'bob',
  });
});

test('the handler sees the request id and what is left of the deadline', async () => {
  const seen: { requestId: string; remainingMs: number }[] = [];
  const { caller } = await pair(async (_request, { requestId, deadline }) => {
    seen.push({ requestId, remainingMs: deadline.remainingMs() });
    return alice;
  });
  const near = context(1_500);
  await caller.call(getUser, { id: alice.id }, near);
  await caller.call(getUser, { id: alice.id }, context(60_000));
  expect(seen[0]?.requestId).toBe(near.requestId);
  expect(seen[0]?.remainingMs).toBeLessThanOrEqual(1_500);
  expect(seen[0]?.remainingMs).toBeGreaterThan(0);
  expect(seen[1]?.remainingMs).toBeLessThanOrEqual(getUser.timeoutMs);
  expect(seen[1]?.remainingMs).toBeGreaterThan(0);
});

test('the handler sees the address of the client, where there is one', async () => {
  const seen: (string | undefined)[] = [];
  const { caller } = await pair(async (_request, { address }) => {
    seen.push(address);
    return alice;
  });
  await caller.call(getUser, { id: alice.id }, { ...context(), address: '192.0.2.1' });
  await caller.call(getUser, { id: alice.id }, context());
  expect(seen).toEqual(['192.0.2.1', undefined]);
});

test('a request that does not fit is refused with its faults and without its handler', async () => {
  let handled = 0;
  const { caller } = await pair(async () => {
    handled += 1;
    return alice;
  });
  const { error } = await failure(caller.call(getUser, { id: 'nobody' }, context()));
  expect(error).toMatchObject({ name: 'NatterError', code: 'validation_failed' });
  expect((error as NatterError).faults?.length).toBeGreaterThan(0);
  expect(handled).toBe(0);
});

test('an error of the table arrives as it was thrown', async () => {
  const thrown = new NatterError('overloaded', {
    detail: 'the queue is full',
    retryAfter: 7,
    faults: [{ pointer: '/x', message: 'y' }],
  });
  const { caller, service } = await pair(() => Promise.reject(thrown));
  const { error } = await failure(caller.call(getUser, { id: alice.id }, context()));
  expect(error).toBeInstanceOf(NatterError);
  expect(error).toMatchObject({
    code: 'overloaded',
    detail: 'the queue is full',
    retryAfter: 7,
    faults: [{ pointer: '/x', message: 'y' }],
  });
  expect(service.logger.count('handler failed')).toBe(0);
});

test('any other error is logged once with the request id and answered without a word about it', async () => {
  const { caller, service } = await pair(() => Promise.reject(new Error('secret of the house')));
  const request = context();
  const { error } = await failure(caller.call(getUser, { id: alice.id }, request));
  expect(error).toMatchObject({ code: 'internal', detail: undefined });
  expect(JSON.stringify(error)).not.toContain('secret');
  expect(service.logger.entries.filter(({ level }) => level === 'error')).toEqual([
    {
      level: 'error',
      message: 'handler failed',
      fields: expect.objectContaining({ operation: 'get-user', requestId: request.requestId }),
    },
  ]);
});

test.each([
  ['a read', getUser, 'unknown', 'service_unavailable'],
  ['a write of which nothing was done', createUser, 'nothing-done', 'service_unavailable'],
  ['a write of which that is not known', createUser, 'unknown', 'outcome_unknown'],
] as const)('%s that lacks what it needs is answered as such', async (_, operation, absence, code) => {
  const { bus, logger } = await openBus(uniqueName());
  const absenceOf = (error: unknown) => (error instanceof RangeError ? absence : undefined);
  await bus.serve([implement<Operation>(operation, () => Promise.reject(new RangeError('gone')))], {
    service: 'users',
    version: '0.1.0',
    maxInFlight: 1,
    absenceOf,
  });
  const asked = operation === getUser ? { id: alice.id } : { username: 'alice', password: 'long enough' };
  const { error } = await failure(bus.call<Operation>(operation, asked, context()));
  expect(error).toMatchObject({ code });
  expect(logger.count('handler failed')).toBe(0);
});

test('an answer never carries what its schema does not name', async () => {
  const { caller } = await pair(async () => ({ ...alice, passwordHash: 'secret' }));
  await expect(caller.call(getUser, { id: alice.id }, context())).resolves.toEqual(alice);
});

test('an answer that does not fit its schema is an internal error of the service', async () => {
  const { caller, service } = await pair(async () => ({ ...alice, id: 'not an id' }));
  const { error } = await failure(caller.call(getUser, { id: alice.id }, context()));
  expect(error).toMatchObject({ code: 'internal' });
  expect(service.logger.count('handler failed')).toBe(1);
});

test('an answer too large for NATS is an internal error, not silence', async () => {
  const { caller, service } = await pair(async () => ({
    ...alice,
    displayName: 'x'.repeat(mostThatNatsCarries),
  }));
  const { error } = await failure(caller.call(patientRead, { id: alice.id }, context(30_000)));
  expect(error).toMatchObject({ code: 'internal' });
  expect(service.logger.count('handler failed')).toBe(1);
});

test('where nobody serves, the call is refused within 50 ms and says when to come back', async () => {
  const { bus } = await openBus(uniqueName());
  const { caller } = await pair(async () => alice);
  const waits: number[] = [];
  const served: number[] = [];
  for (let i = 0; i < 21; i += 1) {
    served.push((await failure(caller.call(patientRead, { id: alice.id }, context()))).afterMs);
    const { error, afterMs } = await failure(bus.call(patientRead, { id: alice.id }, context()));
    expect(error).toMatchObject({ code: 'service_unavailable', retryAfter: 1 });
    waits.push(afterMs);
  }
  // The quickest, and less what asking three times costs here: on a busy machine all of them wait for the processor.
  expect(Math.min(...waits) - 3 * Math.min(...served)).toBeLessThan(50);
});

test('a service that comes back between two attempts is found', async () => {
  const prefix = uniqueName();
  const { bus } = await openBus(prefix);
  const answered = bus.call(getUser, { id: alice.id }, context());
  await serveOn(bus, [implement(getUser, async () => alice)]);
  await expect(answered).resolves.toEqual(alice);
});

test('a call whose deadline is over is not sent', async () => {
  const prefix = uniqueName();
  const { bus } = await openBus(prefix);
  const requests = await watch(`${prefix}.rpc.>`);
  await serveOn(bus, [implement(getUser, async () => alice)]);
  const { error } = await failure(bus.call(getUser, { id: alice.id }, context(0)));
  expect(error).toMatchObject({ code: 'service_unavailable' });
  await bus.call(getUser, { id: alice.id }, context());
  await until('the second call', () => requests.count() > 0);
  expect(requests.count()).toBe(1);
  await requests.close();
});
