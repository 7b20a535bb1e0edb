import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { Health } from './health.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

function createServing(): Health {
  const health = new Health();
  health.serve();
  return health;
}

const never = () => new Promise<boolean>(() => undefined);

test('a service without checks is alive and ready', async () => {
  const health = createServing();
  expect(health.live()).toEqual({ ok: true, checks: {} });
  expect(await health.ready()).toEqual({ ok: true, checks: { serving: true } });
});

test('one check that is not ready makes the service not ready, but leaves it alive', async () => {
  const health = createServing();
  health.add({ name: 'nats', ready: () => true });
  health.add({ name: 'mongodb', ready: async () => false });
  expect(await health.ready()).toEqual({ ok: false, checks: { nats: true, mongodb: false, serving: true } });
  expect(health.live()).toEqual({ ok: true, checks: { nats: true, mongodb: true } });
});

test('a check that cannot get well without a restart ends the life of the service', () => {
  const health = createServing();
  health.add({ name: 'nats', ready: () => true, alive: () => false });
  expect(health.live()).toEqual({ ok: false, checks: { nats: false } });
});

test('a service is ready when all of it has begun, and after that never again once it drains', async () => {
  const health = new Health();
  health.add({ name: 'nats', ready: () => true });
  expect(await health.ready()).toEqual({ ok: false, checks: { nats: true, serving: false } });
  expect(health.live().ok).toBe(true);
  health.serve();
  expect((await health.ready()).ok).toBe(true);
  health.drain();
  health.serve();
  expect((await health.ready()).ok).toBe(false);
});

test('a service that drains is not ready, though its checks are, and alive', async () => {
  const health = createServing();
  health.add({ name: 'nats', ready: () => true });
  health.drain();
  expect(await health.ready()).toEqual({ ok: false, checks: { nats: true, serving: false } });
  expect(health.live().ok).toBe(true);
});

test('a check that throws, at once or later, is not ready', async () => {
  const health = createServing();
  health.add({
    name: 'at once',
    ready: () => {
      throw new Error('broken');
    },
  });
  health.add({ name: 'later', ready: () => Promise.reject(new Error('broken')) });
  expect(await health.ready()).toEqual({
    ok: false,
    checks: { 'at once': false, later: false, serving: true },
  });
});

test('checks that never answer are given a second, all the same one', async () => {
  const health = createServing();
  const told: unknown[] = [];
  health.add({ name: 'first', ready: never });
  health.add({ name: 'second', ready: never });
  void health.ready().then((report) => told.push(report));
  await jest.advanceTimersByTimeAsync(999);
  expect(told).toEqual([]);
  await jest.advanceTimersByTimeAsync(1);
  expect(told).toEqual([{ ok: false, checks: { first: false, second: false, serving: true } }]);
});

test('an answer leaves no timer behind, and one that fails too late hurts nobody', async () => {
  const health = createServing();
  const { promise, reject } = Promise.withResolvers<boolean>();
  let ready: boolean | Promise<boolean> = promise;
  health.add({ name: 'nats', ready: () => ready });
  const report = health.ready();
  await jest.advanceTimersByTimeAsync(1_000);
  expect((await report).ok).toBe(false);
  reject(new Error('too late'));
  ready = true;
  expect((await health.ready()).ok).toBe(true);
  expect(jest.getTimerCount()).toBe(0);
});
