import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { lockDataFolder } from '../src/data-folder/data-lock.ts';
import { RunFile } from '../src/data-folder/run-file.ts';
import type { RunRecord } from '../src/data-folder/run-record.ts';
import { stopLeftovers } from '../src/data-folder/stop-leftovers.ts';
import { isAlive } from '../src/processes/signal-group.ts';
import { temporaryFolder } from './_folder.ts';

const folder = temporaryFolder();

const record = (natsPid: number | null): RunRecord => ({
  launcher: { pid: 1 },
  gateway: [],
  nats: { url: 'nats://127.0.0.1:1', pid: natsPid, provider: 'path' },
  mongo: { url: 'mongodb://127.0.0.1:2', pid: null, provider: 'given' },
  services: [],
});

describe('run.json', () => {
  test('is replaced as a whole, is for its owner only, and goes at the end', async () => {
    const runFile = new RunFile(folder());
    runFile.write(record(1));
    runFile.write(record(2));
    expect(runFile.read()).toEqual(record(2));
    expect((await stat(path.join(folder(), 'run.json'))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder())).toEqual(['run.json']);
    runFile.remove();
    expect(runFile.read()).toBeUndefined();
  });
});

describe('a data folder', () => {
  test('is held by one launcher at a time', () => {
    const lock = lockDataFolder(folder());
    expect(() => lockDataFolder(folder())).toThrow(`Natter runs already on the data in ${folder()}`);
    lock[Symbol.dispose]();
    lockDataFolder(folder())[Symbol.dispose]();
  });

  test('is free again when the launcher that held it was killed', async () => {
    const script = `
      const { lockDataFolder } = await import(process.argv[1]);
      globalThis.lock = lockDataFolder(process.argv[2]);
      console.log('locked');
      setInterval(() => {}, 1000);
    `;
    const module = path.resolve('libs/devstack/src/data-folder/data-lock.ts');
    const holder = spawn(process.execPath, ['--eval', script, module, folder()], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    expect(() => lockDataFolder(folder())).toThrow('Natter runs already');
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    lockDataFolder(folder())[Symbol.dispose]();
  });
});

describe('what a killed launcher left behind', () => {
  const idle = 'setInterval(() => {}, 1000)';
  const spawnIdle = (...args: string[]) =>
    spawn(process.execPath, ['--eval', idle, ...args], { detached: true, stdio: 'ignore' });

  test('is ended where its command line names the data folder', async () => {
    const leftover = spawnIdle(folder());
    const said: string[] = [];
    await stopLeftovers(record(leftover.pid!), folder(), (line) => said.push(line));
    expect(isAlive(leftover.pid!)).toBe(false);
    expect(said).toEqual([expect.stringContaining(`Stopping NATS (pid ${leftover.pid})`)]);
  });

  test('is left alone where its pid is another program by now', async () => {
    const innocent = spawnIdle();
    await stopLeftovers(record(innocent.pid!), folder(), () => {});
    expect(isAlive(innocent.pid!)).toBe(true);
    innocent.kill('SIGKILL');
  });
});
