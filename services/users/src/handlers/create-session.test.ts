import { expect, test } from '@jest/globals';
import { Deadline } from '@natter/bus';
import { withPassword } from '../domain/change-password.ts';
import { newAccount } from '../domain/create-user.ts';
import type { Session } from '../domain/session.ts';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import { handleCreateSession } from './create-session.ts';

const now = () => new Date('2026-01-02T03:04:05.678Z');
const alice = newAccount({ id: 'a', username: 'alice', displayName: undefined, passwordHash: '', at: now() });

/** A log-in during which something happens after the password was found right. */
async function logIn(meanwhile: (storage: ReturnType<typeof createMemoryStorage>) => Promise<unknown>) {
  const storage = createMemoryStorage();
  const { accounts, sessions } = storage;
  await accounts.add(alice);
  const ended: string[] = [];
  const handler = handleCreateSession({
    authenticate: async () => {
      await meanwhile(storage);
      return alice;
    },
    useCode: async (account) => ({ account }),
    accounts,
    sessions,
    end: async ({ id }) => void ended.push(id),
    accessTokens: { sign: () => ({ token: 't', expiresInSeconds: 600 }) },
    record: () => undefined,
    lifetimes: { accessTokenMs: 600_000, idleMs: 3_600_000, mostMs: 86_400_000 },
    now,
  });
  const context = { requestId: 'test', deadline: Deadline.in(60_000) };
  const outcome = await handler.handle({ username: 'alice', password: 'old password' }, context).then(
    () => 'let in',
    (error: { code: string }) => error.code,
  );
  const query = { userId: 'a', aliveAt: now(), beforeId: undefined, limit: 10 };
  const ids = (await sessions.list(query)).map(({ id }: Session) => id);
  return { outcome, ids, ended };
}

test('a log-in makes a session', async () => {
  const { outcome, ids, ended } = await logIn(async () => undefined);
  expect([outcome, ids.length, ended]).toEqual(['let in', 1, []]);
});

test('a log-in with a password that is changed at the same moment does not outlive it', async () => {
  const { outcome, ids, ended } = await logIn(({ accounts }) => accounts.replace(withPassword(alice, 'new')));
  expect([outcome, ended]).toEqual(['invalid_credentials', ids]);
});
