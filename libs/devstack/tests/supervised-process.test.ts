import { expect, test } from '@jest/globals';
import { waitFor } from '@natter/testkit';
import { isAlive } from '../src/processes/signal-group.ts';
import { stopInOrder } from '../src/processes/stop-in-order.ts';
import { obedient, stubborn, supervise } from './_processes.ts';

test('a process that is killed is started again, and its end is remembered', async () => {
  const { process: supervised, deaths, lines } = supervise('obedient', obedient);
  const first = supervised.pid!;
  process.kill(first, 'SIGKILL');
  await waitFor(() => supervised.pid !== null && supervised.pid !== first, { what: 'another pid' });
  await waitFor(() => lines.includes(`started ${supervised.pid}`), { what: 'its first line' });
  expect(supervised.lastExit).toEqual({ code: null, signal: 'SIGKILL', at: expect.any(String) });
  expect(deaths).toHaveLength(1);
});

test('a process that ends with exit code 0 is started again as well', async () => {
  const { deaths } = supervise('hasty', 'process.exit(0)');
  await waitFor(() => deaths.length >= 2, { what: 'two deaths' });
  expect(deaths[0]).toMatchObject({ code: 0, signal: null });
});

test('a process that dies quickly five times in a row is given up', async () => {
  const { process: supervised, deaths, gaveUp } = supervise('broken', 'process.exit(3)');
  await waitFor(() => gaveUp.length > 0, { what: 'giving up' });
  expect(deaths).toHaveLength(4);
  expect(gaveUp).toMatchObject([{ code: 3 }]);
  expect(supervised.pid).toBeNull();
});

test('a process that is stopped stays stopped', async () => {
  const { process: supervised, lines, deaths } = supervise('obedient', obedient);
  await waitFor(() => lines.length > 0, { what: 'its first line' });
  expect(await supervised.stop(5_000)).toBe(true);
  expect(lines).toContain('stopped');
  expect(supervised.lastExit).toMatchObject({ code: 0 });
  expect(deaths).toEqual([]);
});

test('a process that hears no SIGTERM is ended in time, with all that it started', async () => {
  const { process: supervised, lines } = supervise('stubborn', stubborn);
  await waitFor(() => lines.length > 0, { what: 'its first line' });
  const grandchild = Number(lines[0]!.replace('child ', ''));
  expect(isAlive(grandchild)).toBe(true);
  expect(await supervised.stop(100)).toBe(false);
  await waitFor(() => !isAlive(grandchild), { what: 'the end of what it started' });
});

test('what a process has started goes with it when it dies', async () => {
  const { process: supervised, lines } = supervise('stubborn', stubborn);
  await waitFor(() => lines.length > 0, { what: 'its first line' });
  process.kill(supervised.pid!, 'SIGKILL');
  const grandchild = Number(lines[0]!.replace('child ', ''));
  await waitFor(() => !isAlive(grandchild), { what: 'the end of what it started' });
});

test('stages stop one after the other, and a stage that takes too long leaves time for the next', async () => {
  const slow = supervise('slow', stubborn);
  const quick = supervise('quick', obedient);
  for (const { lines } of [slow, quick]) await waitFor(() => lines.length > 0, { what: 'a first line' });
  const forced = await stopInOrder([
    { processes: [slow.process], byMs: 300 },
    { processes: [quick.process], byMs: 5_000 },
  ]);
  expect(forced).toEqual(['slow']);
  expect(slow.process.lastExit!.at <= quick.process.lastExit!.at).toBe(true);
  expect(quick.process.lastExit).toMatchObject({ code: 0 });
});
