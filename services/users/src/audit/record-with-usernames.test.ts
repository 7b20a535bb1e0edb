import { expect, test } from '@jest/globals';
import { waitFor } from '@natter/testkit';
import type { AuditEvent } from '../domain/audit-log.ts';
import { newAccount } from '../domain/create-user.ts';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import { recordWithUsernames } from './record-with-usernames.ts';

const ended: AuditEvent = { kind: 'session.revoked', by: 'user', userId: '1', sessionId: '2' };

async function setUp() {
  const { accounts, directory } = createMemoryStorage();
  const account = {
    id: '1',
    username: 'alice',
    displayName: undefined,
    passwordHash: 'hash',
    at: new Date(),
  };
  await accounts.add(newAccount(account));
  const recorded: AuditEvent[] = [];
  return { directory, recorded, record: (event: AuditEvent) => void recorded.push(event) };
}

test('an event that knows only an id is recorded with the username', async () => {
  const { directory, recorded, record } = await setUp();
  recordWithUsernames(record, directory)(ended);
  await waitFor(() => recorded.length > 0, { what: 'the record' });
  expect(recorded).toEqual([{ ...ended, username: 'alice' }]);
});

test('it is recorded without one where that can’t be told', async () => {
  const { directory, recorded, record } = await setUp();
  const away = Object.assign(Object.create(directory), { find: () => Promise.reject(new Error('away')) });
  recordWithUsernames(record, away)(ended);
  recordWithUsernames(record, directory)({ ...ended, userId: 'nobody' });
  await waitFor(() => recorded.length > 1, { what: 'the records' });
  expect(recorded.map(({ username }) => username)).toEqual([undefined, undefined]);
});

test('what says a name, or is about nobody, is recorded at once', async () => {
  const { directory, recorded, record } = await setUp();
  const events: AuditEvent[] = [
    { ...ended, username: 'bob' },
    { kind: 'invite.created', by: 'operator' },
  ];
  for (const event of events) recordWithUsernames(record, directory)(event);
  expect(recorded).toEqual(events);
});
