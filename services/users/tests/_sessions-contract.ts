import { beforeEach, describe, expect, test } from '@jest/globals';
import { uuidv7 } from 'uuidv7';
import { newSession } from '../src/domain/create-session.ts';
import { createRefreshToken, hashOf } from '../src/domain/refresh-token.ts';
import type { Session, Sessions } from '../src/domain/session.ts';

/** In the future of whatever server keeps them: what has expired, MongoDB may take away. */
const start = new Date(Date.now() + 24 * 60 * 60 * 1_000);
const later = (seconds: number) => new Date(start.getTime() + seconds * 1_000);
const lifetimes = { accessTokenMs: 600_000, idleMs: 3_600_000, mostMs: 86_400_000 };

function sessionOf(userId: string, more: Partial<Session> = {}): Session {
  const refreshToken = createRefreshToken();
  const command = { id: uuidv7(), userId, device: 'desk', refreshToken, epoch: 0, at: start };
  return { ...newSession(command, lifetimes), ...more };
}

/** What every storage of sessions owes. */
export function describeSessions(createSessions: () => Promise<Sessions>): void {
  describe('of sessions', () => {
    let sessions: Sessions;

    beforeEach(async () => {
      sessions = await createSessions();
    });

    const add = async (...all: Session[]): Promise<void> => {
      for (const session of all) await sessions.add(session);
    };

    const current = ({ seriesHash }: Session) => sessions.findBySeries(seriesHash);

    test('gives a session back as it was added, to whoever knows its series', async () => {
      const one = sessionOf('u', { used: [{ hash: 'h', salt: 's', usedAt: start }] });
      const other = sessionOf('u', { device: null });
      await add(one, other);
      expect(await current(one)).toEqual(one);
      expect(await current(other)).toEqual(other);
      expect(await sessions.findBySeries(hashOf(Buffer.from('unknown')))).toBeUndefined();
    });

    test('lets one of many simultaneous uses of a token win', async () => {
      const before = sessionOf('u');
      await add(before);
      const rivals = Array.from({ length: 10 }, (_, number) => ({
        ...before,
        refreshTokenHash: `h${number}`,
      }));
      const won = await Promise.all(rivals.map((next) => sessions.replace(before, next)));
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await current(before)).toEqual(rivals[won.indexOf(true)]);
    });

    test('refreshes no session that has ended, and ends it once', async () => {
      const one = sessionOf('u');
      await add(one);
      const ended = { ...one, ended: true, expires: later(60) };
      expect(await sessions.end(one, later(60))).toEqual(ended);
      expect(await sessions.end(one, later(120))).toEqual(ended);
      expect(await current(one)).toEqual(ended);
      expect(await sessions.replace(one, { ...one, refreshTokenHash: 'next' })).toBe(false);
      expect(await current(one)).toEqual(ended);
    });

    test('ends a session for its own user only', async () => {
      const one = sessionOf('u');
      await add(one);
      expect(await sessions.end({ id: one.id, userId: 'v' }, later(60))).toBeUndefined();
      expect(await sessions.end({ id: uuidv7(), userId: 'u' }, later(60))).toBeUndefined();
      expect(await current(one)).toEqual(one);
    });

    test('ends all of a user that are of an earlier epoch, but those that are kept for it', async () => {
      const [one, kept, newer, others] = [
        sessionOf('u'),
        sessionOf('u'),
        sessionOf('u', { epoch: 1 }),
        sessionOf('v'),
      ];
      await add(one, kept, newer, others);
      await sessions.keep(kept, 1);
      await sessions.keep({ id: others.id, userId: 'u' }, 1);
      await sessions.endBefore({ userId: 'u', epoch: 1 }, later(60));
      expect(await current(one)).toEqual({ ...one, ended: true, expires: later(60) });
      expect(await current(kept)).toEqual({ ...kept, epoch: 1 });
      expect(await current(newer)).toEqual(newer);
      expect(await current(others)).toEqual(others);
    });

    test('keeps a session also where its token is used at the same moment', async () => {
      const before = sessionOf('u');
      await add(before);
      await sessions.keep(before, 1);
      const next = { ...before, refreshTokenHash: 'next' };
      expect(await sessions.replace(before, next)).toBe(true);
      expect(await current(before)).toEqual({ ...next, epoch: 1 });
    });

    test('lists those of a user that are alive, the latest first, before one', async () => {
      const [first, second, third] = [sessionOf('u'), sessionOf('u'), sessionOf('u')];
      const [ended, expired] = [sessionOf('u'), sessionOf('u', { expires: later(10) })];
      await add(first, expired, third, ended, second, sessionOf('v'));
      await sessions.end(ended, later(60));
      const all = { userId: 'u', aliveAt: later(10), beforeId: undefined, limit: 10 };
      expect(await sessions.list(all)).toEqual([third, second, first]);
      expect(await sessions.list({ ...all, beforeId: third.id, limit: 1 })).toEqual([second]);
    });

    test('lists those that have ended and could be taken for good, of all users, after one', async () => {
      const [one, other, past] = [sessionOf('u'), sessionOf('v'), sessionOf('u', { accessUntil: later(10) })];
      await add(other, past, sessionOf('u'), one);
      for (const session of [one, other, past]) await sessions.end(session, later(60));
      const all = { accessAfter: later(10), forgottenAfter: later(60), afterId: undefined, limit: 10 };
      expect((await sessions.listEnded(all)).map(({ id }) => id)).toEqual([one.id, other.id]);
      expect((await sessions.listEnded({ ...all, userId: 'v' })).map(({ id }) => id)).toEqual([other.id]);
      expect((await sessions.listEnded({ ...all, limit: 1 })).map(({ id }) => id)).toEqual([one.id]);
      expect((await sessions.listEnded({ ...all, afterId: one.id })).map(({ id }) => id)).toEqual([other.id]);
      const lately = await sessions.listEnded({ ...all, forgottenAfter: later(59) });
      expect(lately.map(({ id }) => id).toSorted()).toEqual([one.id, other.id, past.id].toSorted());
    });
  });
}
