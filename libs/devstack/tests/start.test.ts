import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { waitFor } from '@natter/testkit';
import { temporaryFolder } from './_folder.ts';
import { Launcher } from './_launcher.ts';

const folder = temporaryFolder();

test('everything starts, comes back when it is killed, and stops in order without a rest', async () => {
  const launcher = new Launcher(folder(), ['--replicas', 'messaging=2']);
  await launcher.untilReady();

  const { gateway, nats, mongo, services } = launcher.record;
  expect(services.map(({ name, replica }) => `${name}.${replica}`)).toEqual([
    'gateway.1',
    'messaging.1',
    'messaging.2',
    'users.1',
  ]);
  expect(await usernames(`${gateway[0]}/api/users/`)).toEqual(['bob', 'carol']);

  for (const { pid } of [services[1]!, nats, mongo]) process.kill(pid!, 'SIGKILL');
  const pids = () => [launcher.record.services[1]!.pid, launcher.record.nats.pid, launcher.record.mongo.pid];
  await waitFor(
    () => pids().every((pid) => pid !== null && ![services[1]!.pid, nats.pid, mongo.pid].includes(pid)),
    {
      what: 'what was killed to be started again',
    },
  );
  expect(launcher.output).toContain('NATS was killed by a signal (SIGKILL); it is started again');
  // Its log has nothing to say of that.
  expect(launcher.output).not.toContain('ends with:');
  expect(launcher.record.services[1]!.lastExit).toMatchObject({ code: null, signal: 'SIGKILL' });
  expect([launcher.record.nats.url, launcher.record.mongo.url]).toEqual([nats.url, mongo.url]);
  await waitFor(async () => (await status(`${gateway[0]}/api/users/`)) === 200, {
    what: 'the users',
  });

  expect(await launcher.signal('SIGTERM')).toBe(0);
  expect(launcher.alive).toEqual([]);
  expect(launcher.hasRecord).toBe(false);
});

test('a start that is told to stop says that it has', async () => {
  const launcher = new Launcher(folder());
  await waitFor(() => existsSync(path.join(folder(), 'launcher.lock')), {
    what: 'the start to be under way',
  });
  expect(await launcher.signal('SIGINT')).toBe(0);
  expect(launcher.output).toMatch(/^Stopped\b/m);
});

test('what a killed launcher left behind is gone after the next start, and the data is not', async () => {
  const killed = new Launcher(folder());
  await killed.untilReady();
  const { nats, mongo } = killed.record;
  await killed.signal('SIGKILL');
  expect(killed.alive).toEqual(expect.arrayContaining([nats.pid, mongo.pid]));

  const launcher = new Launcher(folder(), ['--no-demo']);
  await launcher.untilReady();
  expect(killed.alive).toEqual([]);
  expect(await usernames(`${launcher.record.gateway[0]}/api/users/`)).toEqual(['bob', 'carol']);
  expect(await launcher.signal('SIGINT')).toBe(0);
});

async function usernames(url: string): Promise<string[]> {
  const answer = await ask(url);
  const { data } = (await answer.json()) as { data: { username: string }[] };
  return data.map(({ username }) => username);
}

async function status(url: string): Promise<number> {
  return (await ask(url)).status;
}

function ask(url: string): Promise<Response> {
  return fetch(url, { headers: { authorization: `Basic ${btoa('alice:natter-demo')}` } });
}
