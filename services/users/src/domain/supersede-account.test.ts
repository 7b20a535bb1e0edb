import { beforeEach, describe, expect, it } from '@jest/globals';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import { withPassword } from './change-password.ts';
import { newSession } from './create-session.ts';
import { newAccount } from './create-user.ts';
import { createEndAllSessions } from './end-all-sessions.ts';
import { createRefreshToken } from './refresh-token.ts';
import type { Storage } from './storage.ts';
import { createSupersedeAccount, type SupersedeAccount } from './supersede-account.ts';

const lifetimes = { accessTokenMs: 600_000, idleMs: 3_600_000, mostMs: 86_400_000 };
const at = new Date('2026-01-02T03:04:05.678Z');
const alice = newAccount({ id: 'a', username: 'alice', displayName: undefined, passwordHash: 'old', at });

describe('an account whose sessions end', () => {
  let storage: Storage;
  let told: string[];
  let broken: boolean;
  let written: number;
  let supersede: SupersedeAccount;

  beforeEach(async () => {
    storage = createMemoryStorage();
    [told, broken, written] = [[], false, 0];
    const { accounts, sessions } = storage;
    await accounts.add(alice);
    for (const id of ['s1', 's2', 's3']) {
      const command = { id, userId: 'a', device: id, refreshToken: createRefreshToken(), epoch: 0, at };
      await sessions.add(newSession(command, lifetimes));
    }
    const endAll = createEndAllSessions(sessions, {
      ended: async (_, ended) => {
        if (broken) throw new Error('no messenger');
        told.push(...ended.map(({ id }) => id));
      },
      credentialsChanged: async (userId) => void told.push(`credentials of ${userId}`),
    });
    const announce = ({ version }: { version: number }) => void told.push(`version ${version}`);
    supersede = createSupersedeAccount({ accounts, sessions, endAll, announce, now: () => at });
  });

  const onWritten = () => {
    written += 1;
  };

  const alive = async () => {
    const query = { userId: 'a', aliveAt: at, beforeId: undefined, limit: 10 };
    return (await storage.sessions.list(query)).map(({ id }) => id);
  };

  it('keeps the one that it is to keep, and the gateways are told of the others before it is announced', async () => {
    await supersede(withPassword(alice, 'new'), { onWritten, keepId: 's2' });
    expect(await alive()).toEqual(['s2']);
    expect(told).toEqual(['s1', 's3', 'credentials of a', 'version 2']);
    await supersede(withPassword(withPassword(alice, 'new'), 'newer'), { onWritten });
    expect(await alive()).toEqual([]);
  });

  it('is left as it is, with its sessions, when another changed it at the same moment', async () => {
    await storage.accounts.replace({ ...alice, displayName: 'Alice', version: 2 });
    const superseding = supersede(withPassword(alice, 'new'), { onWritten });
    await expect(superseding).rejects.toMatchObject({ code: 'service_unavailable' });
    expect([await alive(), told, written]).toEqual([['s3', 's2', 's1'], [], 0]);
  });

  it('is not announced where it is not known that the gateways were told, so that its mark stays', async () => {
    broken = true;
    const superseding = supersede(withPassword(alice, 'new'), { onWritten });
    await expect(superseding).rejects.toMatchObject({ code: 'outcome_unknown' });
    expect([await alive(), told, written]).toEqual([[], [], 1]);
    expect(await storage.outbox.readMarked(1)).toMatchObject([{ version: 2 }]);
  });
});
