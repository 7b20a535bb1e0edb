import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkCredentials, deleteUser } from '@natter/contracts';
import type { OperatorContext } from '@natter/platform';
import { addUser } from '../src/operator/add-user.ts';
import { listUsers } from '../src/operator/list-users.ts';
import { withUsersService } from '../src/operator/with-users-service.ts';
import { password, Stack } from './_stack.ts';

const ignore = () => undefined;

describe('the operator', () => {
  let stack: Stack;
  let context: OperatorContext;

  beforeAll(async () => {
    stack = await Stack.create();
    await stack.startService();
    const environment = { NATS_URL: process.env['TEST_NATS_URL'], NATS_PREFIX: stack.name };
    context = { environment: () => environment, say: ignore, progress: ignore, fail: ignore };
  });
  afterAll(() => stack.close());

  const add = (username: string, displayName?: string) =>
    withUsersService(context, (bus) => addUser(bus, { username, displayName, password }));

  const list = async () => {
    const lines: string[] = [];
    await withUsersService(context, (bus) => listUsers(bus, (line) => lines.push(line)));
    return lines.map((line) => line.split(/ {2,}/));
  };

  it('makes an account, which its password opens', async () => {
    expect(await add('Ann', 'Ann Other')).toBe(true);
    const user = await stack.call(checkCredentials, { username: 'ann', password });
    expect(user).toMatchObject({ username: 'ann', displayName: 'Ann Other' });
  });

  it('is told of a username that is taken', async () => {
    await add('ben');
    expect(await add('BEN')).toBe(false);
  });

  it('is told every fault of what can be no account', async () => {
    const faulty = { username: 'root', displayName: '', password: 'short' };
    const adding = withUsersService(context, (bus) => addUser(bus, faulty));
    await expect(adding).rejects.toThrow(/username: .*\n.*password: .*\n.*displayName: /s);
  });

  it('sees all accounts but the deleted, the oldest first', async () => {
    await add('cid', 'Cid, who stays');
    const { id } = await stack.register('dan');
    await stack.call(deleteUser, { id, password });
    expect((await list()).slice(-1)).toEqual([
      ['cid', expect.stringMatching(/^\d{4}-\d\d-\d\d$/), 'Cid, who stays'],
    ]);
  });

  it('is told when nobody answers for the users service', async () => {
    const elsewhere = { ...context, environment: () => ({ ...context.environment(), NATS_PREFIX: 'empty' }) };
    const listing = withUsersService(elsewhere, (bus) => listUsers(bus, () => undefined));
    await expect(listing).rejects.toMatchObject({ code: 'service_unavailable' });
  });
});
