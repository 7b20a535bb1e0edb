import { expect, test } from '@jest/globals';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import { newSession } from './create-session.ts';
import { createEndSession, endedLately } from './end-session.ts';
import { createRefreshToken } from './refresh-token.ts';
import type { Sessions } from './session.ts';
import { maxAccessTokenMs } from './session-lifetimes.ts';

const start = new Date('2026-01-02T03:04:05.678Z');
const after = (ms: number) => new Date(start.getTime() + ms);
const dayMs = 86_400_000;

/** Ended as soon as it began. */
async function endedSession(accessTokenMs: number) {
  const { sessions } = createMemoryStorage();
  const lifetimes = { accessTokenMs, idleMs: dayMs, mostMs: dayMs };
  const command = { id: 's', userId: 'a', device: 'desk', epoch: 0, at: start };
  await sessions.add(newSession({ ...command, refreshToken: createRefreshToken() }, lifetimes));
  await createEndSession(sessions, async () => undefined)({ id: 's', userId: 'a' }, start);
  return sessions;
}

const toldBy = (sessions: Pick<Sessions, 'listEnded'>, at: Date) =>
  sessions.listEnded({ ...endedLately(at), afterId: undefined, limit: 10 });

test.each([
  // Ten seconds more than its tokens are good, for a repeated refresh, and a minute for clocks that differ.
  ['as long as a token of it may be good', dayMs, dayMs + 70_000],
  ['ten minutes, for streams outlive tokens', 60_000, 600_000],
])('a session that has ended is told of for %s', async (_what, accessTokenMs, toldMs) => {
  const sessions = await endedSession(accessTokenMs);
  const toldAt = async (ms: number) => (await toldBy(sessions, after(ms))).length;
  expect([await toldAt(toldMs - 1), await toldAt(toldMs)]).toEqual([1, 0]);
});

test('a session that has ended is forgotten later than the longest token of it ends', async () => {
  const [session] = await toldBy(await endedSession(maxAccessTokenMs), start);
  expect(session?.expires.getTime()).toBeGreaterThan(Number(session?.accessUntil));
});
