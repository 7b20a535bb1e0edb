import { beforeEach, describe, expect, it } from '@jest/globals';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import { newSession } from './create-session.ts';
import { newAccount } from './create-user.ts';
import { deletedAccount } from './delete-user.ts';
import { createEndSession } from './end-session.ts';
import { createRefreshSession, type Refreshed } from './refresh-session.ts';
import { createRefreshToken, encodeRefreshToken, type RefreshToken } from './refresh-token.ts';
import type { Storage } from './storage.ts';

const lifetimes = { accessTokenMs: 600_000, idleMs: 3_600_000, mostMs: 86_400_000 };
const start = new Date('2026-01-02T03:04:05.678Z');
const later = (seconds: number) => new Date(start.getTime() + seconds * 1_000);
const alice = newAccount({ id: 'a', username: 'alice', displayName: undefined, passwordHash: '', at: start });
const refused = { code: 'invalid_token', detail: undefined };

describe('a session', () => {
  let storage: Storage;
  let refresh: (token: RefreshToken, at: Date) => Promise<Refreshed>;
  let stolen: string[];
  let token: RefreshToken;
  let told: string[][];
  let messenger: Promise<void>;

  beforeEach(async () => {
    storage = createMemoryStorage();
    const { accounts, sessions } = storage;
    told = [];
    messenger = Promise.resolve();
    const end = createEndSession(sessions, async (userId, ended) => {
      await messenger;
      told.push([userId, ...ended.map(({ id }) => id)]);
    });
    const refreshSession = createRefreshSession({ accounts, sessions, end, lifetimes });
    stolen = [];
    refresh = (used, at) => refreshSession(used, at, ({ id }) => void stolen.push(id));
    await accounts.add(alice);
    token = createRefreshToken();
    const command = { id: 's', userId: 'a', device: 'desk', refreshToken: token, epoch: 0, at: start };
    await sessions.add(newSession(command, lifetimes));
  });

  it('goes on for as long as it is refreshed', async () => {
    for (let seconds = 3_000; seconds < 30_000; seconds += 3_000) {
      const { session, account, refreshToken } = await refresh(token, later(seconds));
      expect([account.id, session.id, session.lastUsed]).toEqual(['a', 's', later(seconds)]);
      token = refreshToken;
    }
  });

  it('has one successor of its token, by however many it is asked for at once', async () => {
    const asked = await Promise.all(Array.from({ length: 20 }, () => refresh(token, later(1))));
    const successors = new Set(asked.map(({ refreshToken }) => encodeRefreshToken(refreshToken)));
    expect(successors.size).toBe(1);
    await refresh(asked[0]!.refreshToken, later(60));
  });

  it('ends when an old token is used, for whoever has the newest too', async () => {
    const { refreshToken } = await refresh(token, later(1));
    await expect(refresh(token, later(12))).rejects.toMatchObject(refused);
    await expect(refresh(refreshToken, later(12))).rejects.toMatchObject(refused);
  });

  it('that ended by an old token is told of, once', async () => {
    await refresh(token, later(1));
    await expect(refresh(token, later(12))).rejects.toMatchObject(refused);
    await expect(refresh(token, later(13))).rejects.toMatchObject(refused);
    expect([told, stolen]).toEqual([[['a', 's']], ['s']]);
  });

  it('that MongoDB forgets while an old token of it is used needs no end: the token is refused', async () => {
    await refresh(token, later(1));
    const end = createEndSession({ end: async () => undefined }, async () => undefined);
    const refreshForgotten = createRefreshSession({ ...storage, end, lifetimes });
    await expect(refreshForgotten(token, later(12), () => stolen.push('s'))).rejects.toMatchObject(refused);
    expect(stolen).toEqual([]);
  });

  it('that ended by an old token is told of also where the gateways can’t be', async () => {
    await refresh(token, later(1));
    messenger = Promise.reject(new Error('away'));
    await expect(refresh(token, later(12))).rejects.toMatchObject(refused);
    expect(stolen).toEqual(['s']);
    await expect(refresh(token, later(13))).rejects.toMatchObject(refused);
  });

  it('does not end by a token that is none of its own', async () => {
    await expect(refresh(createRefreshToken(), later(1))).rejects.toMatchObject(refused);
    await refresh(token, later(1));
  });

  it('ends when it is not used for too long', async () => {
    await expect(refresh(token, later(3_600))).rejects.toMatchObject(refused);
  });

  it('ends on its last day, however much it is used', async () => {
    for (let seconds = 3_000; seconds < 86_400; seconds += 3_000) {
      token = (await refresh(token, later(seconds))).refreshToken;
    }
    await expect(refresh(token, later(86_400))).rejects.toMatchObject(refused);
  });

  it('is not refreshed when its account is no more, or has ended the sessions of that time', async () => {
    const { accounts } = storage;
    await accounts.replace({ ...alice, sessionEpoch: 1, version: 2 });
    await expect(refresh(token, later(1))).rejects.toMatchObject(refused);
    await accounts.replace({ ...deletedAccount(alice), sessionEpoch: 0, version: 3 });
    await expect(refresh(token, later(1))).rejects.toMatchObject(refused);
  });
});
