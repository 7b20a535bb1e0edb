import { expect, test } from '@jest/globals';
import { Bulkhead } from './bulkhead.ts';

test('what does not fit is refused without being run, and fits again afterwards', async () => {
  const bulkhead = new Bulkhead(1);
  const { promise, resolve } = Promise.withResolvers<string>();
  const first = bulkhead.run(() => promise);
  let ran = false;
  const refused = bulkhead.run(async () => {
    ran = true;
  });
  await expect(refused).rejects.toMatchObject({ code: 'overloaded', retryAfter: 1 });
  expect(ran).toBe(false);
  resolve('done');
  await expect(first).resolves.toBe('done');
  await expect(bulkhead.run(async () => 'again')).resolves.toBe('again');
});

test('a task that fails makes room too', async () => {
  const bulkhead = new Bulkhead(1);
  await expect(bulkhead.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(bulkhead.run(async () => 'again')).resolves.toBe('again');
});

test('it is idle when the last task has ended, for everyone who waits', async () => {
  const bulkhead = new Bulkhead(2);
  await bulkhead.idle();
  const tasks = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  for (const { promise } of tasks) void bulkhead.run(() => promise);
  let idle = 0;
  const waiting = [1, 2].map(() => bulkhead.idle().then(() => (idle += 1)));
  tasks[0]?.resolve();
  await new Promise(setImmediate);
  expect(idle).toBe(0);
  tasks[1]?.resolve();
  await Promise.all(waiting);
  expect(idle).toBe(2);
});
