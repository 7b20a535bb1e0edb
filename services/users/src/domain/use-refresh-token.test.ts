import { describe, expect, it } from '@jest/globals';
import { newSession } from './create-session.ts';
import { createRefreshToken, createSalt, encodeRefreshToken, type RefreshToken } from './refresh-token.ts';
import type { Session } from './session.ts';
import { useRefreshToken } from './use-refresh-token.ts';

const lifetimes = { accessTokenMs: 600_000, idleMs: 3_600_000, mostMs: 86_400_000 };
const start = new Date('2026-01-02T03:04:05.678Z');
const later = (seconds: number) => new Date(start.getTime() + seconds * 1_000);

const first = createRefreshToken();

function sessionWith(refreshToken: RefreshToken): Session {
  return newSession(
    { id: 's', userId: 'u', device: undefined, refreshToken, epoch: 0, at: start },
    lifetimes,
  );
}

const use = (session: Session, token: RefreshToken, seconds: number) =>
  useRefreshToken(session, { token, salt: createSalt(), at: later(seconds) }, lifetimes);

/** The session after the first use of a token, and the token's successor. */
function rotate(session: Session, token: RefreshToken, seconds: number) {
  const result = use(session, token, seconds);
  if (result.kind !== 'first') throw new Error(`it is ${result.kind}`);
  return result;
}

describe('a refresh token', () => {
  const fresh = sessionWith(first);
  const once = rotate(fresh, first, 100);

  it('is used up by its first use, which prolongs the session', () => {
    expect(once.successor.secret.equals(first.secret)).toBe(false);
    expect(once.next).toMatchObject({
      lastUsed: later(100),
      accessUntil: later(100 + 610),
      expires: later(100 + 3_600),
    });
    expect(fresh.expires).toEqual(later(3_600));
  });

  it('gets the same successor for ten seconds after its first use', () => {
    for (const seconds of [100, 105, 110]) {
      const again = use(once.next, first, seconds);
      expect(again).toEqual({ kind: 'repeat', successor: once.successor });
    }
  });

  it('is taken for stolen when it is used later than that', () => {
    expect(use(once.next, first, 110.001)).toEqual({ kind: 'stolen' });
  });

  it('gets the same successor also when that was used meanwhile', () => {
    const twice = rotate(once.next, once.successor, 104);
    expect(use(twice.next, first, 110)).toEqual({ kind: 'repeat', successor: once.successor });
    expect(use(twice.next, once.successor, 114)).toEqual({ kind: 'repeat', successor: twice.successor });
    expect(use(twice.next, first, 111)).toEqual({ kind: 'stolen' });
  });

  it('is known for one of the session however long ago it was used', () => {
    let { next, successor } = once;
    for (let round = 1; round <= 40; round += 1)
      ({ next, successor } = rotate(next, successor, 100 + round * 60));
    expect(next.used).toHaveLength(1);
    expect(use(next, first, 100_000)).toEqual({ kind: 'stolen' });
  });

  it('is remembered within bounds by whoever uses one after the other', () => {
    let { next, successor } = once;
    for (let round = 0; round < 100; round += 1) ({ next, successor } = rotate(next, successor, 101));
    expect(next.used).toHaveLength(32);
  });

  it('does not tell its successor without what the session keeps', () => {
    const other = rotate(fresh, first, 100);
    expect(encodeRefreshToken(other.successor)).not.toBe(encodeRefreshToken(once.successor));
    const kept = JSON.stringify(once.next);
    for (const { secret, series } of [first, once.successor]) {
      expect(kept).not.toContain(secret.toString('base64url'));
      expect(kept).not.toContain(series.toString('base64url'));
    }
  });
});
