import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { checkCredentials, getUser } from '@natter/contracts';
import { waitFor } from '@natter/testkit';
import type { UsersService } from '../src/index.ts';
import { password, Stack } from './_stack.ts';

/** Nothing listens on the port for discarding (RFC 863) of a machine of today. */
const nowhere = '127.0.0.1:9';

let stack: Stack;

beforeAll(async () => {
  stack = await Stack.create();
});

afterAll(() => stack.close());

const status = async (service: UsersService, path: string): Promise<number> =>
  (await fetch(new URL(path, service.adminUrl))).status;

test('a started service is alive and ready', async () => {
  const service = await stack.startService();
  expect(await status(service, '/livez')).toBe(200);
  expect(await (await fetch(`${service.adminUrl}/readyz`)).json()).toEqual({
    ok: true,
    checks: { nats: true, mongodb: true, indexes: true, serving: true },
  });
  await service.stop();
});

test.each([
  ['NATS', { NATS_URL: `nats://${nowhere}` }],
  ['MongoDB', { MONGODB_URL: `mongodb://${nowhere}/?directConnection=true` }],
])('while %s is awaited the service is alive, not ready, and can be stopped', async (_, environment) => {
  const service = await stack.createService(environment);
  const starting = service.start().catch(() => 'given up');
  await waitFor(() => service.adminUrl !== '', { what: 'the admin server' });
  expect(await status(service, '/livez')).toBe(200);
  expect(await status(service, '/readyz')).toBe(503);
  await service.stop();
  expect(await starting).toBe('given up');
});

test('a service that was never started can be stopped, and so can one that was stopped', async () => {
  const service = await stack.createService();
  await service.stop();
  await service.stop();
});

test('what is in flight when the service stops is answered', async () => {
  const service = await stack.startService();
  await stack.register('alice');
  const answers = Array.from({ length: 3 }, () =>
    stack.call(checkCredentials, { username: 'alice', password }),
  );
  // Served in order behind the hashing ones, so by its answer those have arrived.
  await stack.call(getUser, { username: 'alice' });
  await service.stop();
  expect((await Promise.all(answers)).map((user) => user.username)).toEqual(Array(3).fill('alice'));
  await expect(stack.call(getUser, { username: 'alice' })).rejects.toMatchObject({
    code: 'service_unavailable',
  });
});
