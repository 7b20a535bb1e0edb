import { expect, test } from '@jest/globals';
import { Deadline, type Handler, implement } from '@natter/bus';
import { checkCredentials, createSession, NatterError } from '@natter/contracts';
import { waitFor } from '@natter/testkit';
import type { AuditEvent } from '../domain/audit-log.ts';
import { newAccount } from '../domain/create-user.ts';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import { toUser } from '../user-dto.ts';
import { recordFailedLogins, recordLogins } from './record-logins.ts';

const alice = newAccount({
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  username: 'alice',
  displayName: undefined,
  passwordHash: 'hash',
  at: new Date(),
});

const context = { requestId: 'request', deadline: Deadline.in(60_000), address: '192.0.2.1' };

const { address } = context;

async function setUp() {
  const { accounts, directory } = createMemoryStorage();
  await accounts.add(alice);
  const recorded: AuditEvent[] = [];
  return { recorded, recording: { directory, record: (event: AuditEvent) => void recorded.push(event) } };
}

const refusing = (thrown: NatterError): Handler =>
  implement(checkCredentials, async () => {
    throw thrown;
  });

const wrong = new NatterError('invalid_credentials');

test.each([
  ['Alice', { userId: alice.id, username: 'alice' }],
  ['nobody', { detail: 'unknown username' }],
  ['hunter2 is my password', { detail: 'no username' }],
])(
  'a login as "%s" that fails is recorded, and a name only where it is somebody’s',
  async (username, whose) => {
    const { recorded, recording } = await setUp();
    const handler = recordFailedLogins(refusing(wrong), recording);
    const typed = { username, password: 'not the one' };
    await expect(handler.handle(typed, context)).rejects.toBe(wrong);
    await waitFor(() => recorded.length > 0, { what: 'the record' });
    expect(recorded).toEqual([{ kind: 'login.failed', by: 'user', requestId: 'request', address, ...whose }]);
  },
);

test('the answer to wrong credentials waits for nobody, and the failure is recorded without the database too', async () => {
  const { recorded, recording } = await setUp();
  const answer = Promise.withResolvers<never>();
  const directory = { ...recording.directory, find: () => answer.promise };
  const handler = recordFailedLogins(refusing(wrong), { ...recording, directory });
  await expect(handler.handle({ username: 'alice' }, context)).rejects.toBe(wrong);
  answer.reject(new Error('away'));
  await waitFor(() => recorded.length > 0, { what: 'the record' });
  expect(recorded).toMatchObject([{ kind: 'login.failed', detail: expect.stringContaining('database') }]);
});

test('what fails otherwise is no failed login', async () => {
  const { recorded, recording } = await setUp();
  const overloaded = new NatterError('overloaded');
  const handler = recordFailedLogins(refusing(overloaded), recording);
  await expect(handler.handle({ username: 'alice' }, context)).rejects.toBe(overloaded);
  expect(recorded).toEqual([]);
});

test('a session that begins is recorded, without its tokens', async () => {
  const { recorded, recording } = await setUp();
  const grant = {
    session: {
      id: '01890a5d-ac96-774b-bcce-b302099a8058',
      device: null,
      created: '2026-01-01T00:00:00.000Z',
      lastUsed: '2026-01-01T00:00:00.000Z',
      current: true,
    },
    user: toUser(alice),
    accessToken: 'secret access',
    tokenType: 'Bearer' as const,
    expiresIn: 600,
    refreshToken: 'secret refresh',
  };
  const handler = recordLogins(
    implement(createSession, async () => grant),
    recording,
  );
  expect(await handler.handle({ username: 'alice', password: 'right' }, context)).toBe(grant);
  const { id: sessionId } = grant.session;
  expect(recorded).toEqual([
    {
      kind: 'login.succeeded',
      by: 'user',
      requestId: 'request',
      address,
      userId: alice.id,
      username: 'alice',
      sessionId,
    },
  ]);
});
