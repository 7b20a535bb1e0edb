import { expect, test } from '@jest/globals';
import { Deadline } from '@natter/bus';
import {
  changePassword,
  deleteUser,
  disableUser,
  endSession,
  NatterError,
  type Operation,
  resetPassword,
} from '@natter/contracts';
import type { AuditEvent } from '../domain/audit-log.ts';
import { newSession } from '../domain/create-session.ts';
import { newAccount } from '../domain/create-user.ts';
import { createRefreshToken } from '../domain/refresh-token.ts';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import { createHandlers } from './create-handlers.ts';

const at = new Date('2026-01-02T03:04:05.678Z');
const id = '01890a5d-ac96-774b-bcce-b302099a8057';
const sessionId = '01890a5d-ac96-774b-bcce-b302099a8058';
const lifetimes = { accessTokenMs: 600_000, idleMs: 3_600_000, mostMs: 86_400_000 };
const context = { requestId: 'request', deadline: Deadline.in(60_000) };

const away = async () => {
  throw new NatterError('service_unavailable');
};

/** Users with one account that is logged in, where no gateway can be told of anything. */
async function setUp() {
  const storage = createMemoryStorage();
  const account = { id, username: 'alice', displayName: undefined, passwordHash: 'hash', at };
  await storage.accounts.add(newAccount(account));
  const refreshToken = createRefreshToken();
  const command = { id: sessionId, userId: id, device: undefined, refreshToken, epoch: 0, at };
  await storage.sessions.add(newSession(command, lifetimes));
  const recorded: AuditEvent[] = [];
  const handlers = createHandlers({
    storage,
    passwords: { hash: async () => 'hash', verify: async () => true },
    timeCodes: {
      create: () => ({ seals: [], secret: 'secret', uri: 'uri' }),
      stepOf: () => 1,
      reseal: () => undefined,
    },
    accessTokens: { sign: () => ({ token: 'token', expiresInSeconds: 600 }) },
    lifetimes,
    signingKeys: [],
    visibility: { listedTo: async () => undefined, isVisible: async () => true },
    registration: 'open',
    endAll: away,
    tellEnded: away,
    announce: () => undefined,
    record: (event) => void recorded.push(event),
    now: () => at,
  });
  const ask = (operation: Operation, request: object) =>
    handlers.find((handler) => handler.operation === operation)!.handle(request, context);
  return { ask, recorded };
}

const unknown = 'outcome_unknown';

test.each<[string, string, Operation, object]>([
  ['password.changed', unknown, changePassword, { callerId: id, currentPassword: 'a', newPassword: 'b' }],
  ['password.changed', unknown, resetPassword, { username: 'alice', password: 'b' }],
  ['account.disabled', unknown, disableUser, { username: 'alice' }],
  ['account.deleted', unknown, deleteUser, { id, password: 'a' }],
  ['session.revoked', unknown, endSession, { callerId: id, id: sessionId }],
])('%s is recorded, though it is answered with %s for nobody could be told', async (kind, code, ...asked) => {
  const { ask, recorded } = await setUp();
  await expect(ask(...asked)).rejects.toMatchObject({ code });
  expect(recorded).toMatchObject([{ kind, requestId: 'request', userId: id }]);
});
