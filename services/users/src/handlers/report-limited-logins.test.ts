import { expect, test } from '@jest/globals';
import { Deadline } from '@natter/bus';
import type { LimitedLogins } from '@natter/contracts';
import type { AuditEvent } from '../domain/audit-log.ts';
import { newAccount } from '../domain/create-user.ts';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import { handleReportLimitedLogins } from './report-limited-logins.ts';

async function recordedOf(...logins: LimitedLogins[]): Promise<AuditEvent[]> {
  const { accounts, directory } = createMemoryStorage();
  const alice = { id: 'a', username: 'alice', displayName: undefined, passwordHash: 'hash', at: new Date() };
  await accounts.add(newAccount(alice));
  const recorded: AuditEvent[] = [];
  const handler = handleReportLimitedLogins(directory, (event) => void recorded.push(event));
  await handler.handle({ logins }, { requestId: 'report', deadline: Deadline.in(60_000) });
  return recorded;
}

const address = '192.0.2.1';

const limited = { kind: 'login.limited', by: 'user' };

test('what was refused for an account is recorded under its name, and how often', async () => {
  const [recorded] = await recordedOf({
    limit: 'account',
    username: 'alice',
    address,
    requestId: 'r',
    count: 3,
  });
  const detail = 'refused 3 times, too many wrong passwords for the account';
  expect(recorded).toEqual({ ...limited, userId: 'a', username: 'alice', address, requestId: 'r', detail });
});

test('a name that is nobody’s is not recorded: it may be a password', async () => {
  const recorded = await recordedOf({ limit: 'account', username: 'hunter2', address, count: 1 });
  expect(recorded).toMatchObject([
    { ...limited, address, detail: expect.stringContaining('unknown username') },
  ]);
  expect(JSON.stringify(recorded)).not.toContain('hunter2');
});

test('what was refused for an address, and what was too much to tell apart, is each one record', async () => {
  const recorded = await recordedOf(
    { limit: 'address', address, count: 40 },
    { limit: 'others', count: 1_000 },
  );
  expect(recorded.map(({ address: from, detail }) => [from, detail])).toEqual([
    [address, 'refused 40 times, too many wrong passwords from the address'],
    [undefined, 'refused 1000 times, for more accounts and addresses than are told apart'],
  ]);
});
