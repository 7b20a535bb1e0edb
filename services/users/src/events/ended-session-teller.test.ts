import { expect, test } from '@jest/globals';
import { newSession } from '../domain/create-session.ts';
import { createRefreshToken } from '../domain/refresh-token.ts';
import { EndedSessionTeller } from './ended-session-teller.ts';

const at = new Date('2026-01-02T03:04:05.678Z');
const lifetimes = { accessTokenMs: 600_000, idleMs: 3_600_000, mostMs: 86_400_000 };

const session = (id: string) =>
  newSession(
    { id, userId: 'alice', device: undefined, refreshToken: createRefreshToken(), epoch: 0, at },
    lifetimes,
  );

test('of which sessions the gateways could not be told they are told as soon as they can be, once', async () => {
  const told: string[] = [];
  let isAway = true;
  const teller = new EndedSessionTeller(async (userId, sessions) => {
    if (isAway) throw new Error('away');
    told.push(...sessions.map(({ id }) => `${userId} ${id}`));
  });
  await expect(teller.tell('alice', [session('one'), session('two')])).rejects.toThrow('away');
  await expect(teller.tellAgain()).rejects.toThrow('away');
  expect(told).toEqual([]);
  isAway = false;
  await teller.tell('alice', [session('three')]);
  await teller.tellAgain();
  await teller.tellAgain();
  expect(told).toEqual(['alice three', 'alice one', 'alice two']);
});
