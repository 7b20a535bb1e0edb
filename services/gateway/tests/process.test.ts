import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { waitFor } from '@natter/testkit';
import { Client } from './_client.ts';
import { alice, basic, password, Stack } from './_stack.ts';

type Line = Record<string, unknown>;

function run(environment: Record<string, string>): ChildProcess {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
  return spawn(process.execPath, [main], { env: { PATH: process.env['PATH'], ...environment } });
}

describe('the process of a gateway', () => {
  let stack: Stack;
  let child: ChildProcess;

  beforeEach(async () => {
    stack = await Stack.create();
    await stack.serveAlice();
  });
  afterEach(async () => {
    child.kill('SIGKILL');
    await stack.close();
  });

  it('logs a line for each request, without secrets, and ends on SIGTERM with 0', async () => {
    child = run({ ...stack.environment, PORT: '0' });
    const lines: Line[] = [];
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) =>
      lines.push(JSON.parse(line)),
    );
    const find = (message: string) => lines.filter(({ msg }) => msg === message);
    await waitFor(() => find('listening').length === 1, { what: 'the gateway' });

    const gateway = new Client(String(find('listening')[0]?.['url']), stack.token());
    const secret = basic(`alice:${password}`);
    await gateway.get('/api/users/me?q=private', {
      authorization: secret,
      headers: { 'X-Request-Id': 'r-1' },
    });
    await gateway.post('/api/sessions', { username: 'alice', password: 'hunter-22' });
    await gateway.get('/readyz');
    await waitFor(() => find('answered').length === 2, { what: 'two lines' });

    expect(find('answered')[0]).toMatchObject({
      requestId: 'r-1',
      method: 'GET',
      path: '/api/users/me',
      route: '/users/me',
      status: 200,
      durationMs: expect.any(Number),
      userId: alice.id,
    });
    for (const hidden of [password, 'hunter-22', secret.slice(6), stack.token().slice(0, 20), 'private']) {
      expect(JSON.stringify(lines)).not.toContain(hidden);
    }
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(find('answered')).toHaveLength(2);
  });

  it.each([
    ['nobody’s word is taken', {}, '127.0.0.1'],
    ['that of another proxy is not', { TRUSTED_PROXIES: '10.0.0.0/8' }, '127.0.0.1'],
    ['that of a proxy is, as far as it knows', { TRUSTED_PROXIES: '127.0.0.0/8, 10.0.0.7' }, '203.0.113.9'],
  ])('logs where a request comes from: %s', async (_what, settings, address) => {
    child = run({ ...stack.environment, PORT: '0', ...settings });
    const lines: Line[] = [];
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) =>
      lines.push(JSON.parse(line)),
    );
    const find = (message: string) => lines.find(({ msg }) => msg === message);
    await waitFor(() => find('listening') !== undefined, { what: 'the gateway' });
    const gateway = new Client(String(find('listening')?.['url']), stack.token());
    // The client's own claim, then what two proxies saw.
    const forwarded = '198.51.100.1, 203.0.113.9, 10.0.0.7';
    await gateway.get('/api/users/me', {
      headers: { 'X-Forwarded-For': forwarded, 'X-Real-IP': '198.51.100.1' },
    });
    await waitFor(() => find('answered') !== undefined, { what: 'a line' });
    expect(find('answered')).toMatchObject({ address });
  });

  it('names every setting that is wrong and exits with 1', async () => {
    const wrong = {
      PORT: 'http',
      AUTH_BASIC: 'maybe',
      MESSAGE_MAX_CHARACTERS: '99999',
      GROUP_MAX_MEMBERS: '1',
      ALLOWED_ORIGINS: '*',
      TRUSTED_PROXIES: 'all',
    };
    child = run({ ...stack.environment, ...wrong });
    const [[code], told] = await Promise.all([
      once(child, 'exit'),
      text(child.stderr as NodeJS.ReadableStream),
    ]);
    expect(code).toBe(1);
    for (const name of Object.keys(wrong)) expect(told).toContain(`${name}:`);
  });
});
