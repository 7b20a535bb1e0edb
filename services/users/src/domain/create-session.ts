import { hashOf, type RefreshToken } from './refresh-token.ts';
import type { Session } from './session.ts';
import { type SessionLifetimes, usedAt } from './session-lifetimes.ts';

export interface CreateSession {
  id: string;
  userId: string;
  device: string | undefined;
  refreshToken: RefreshToken;
  epoch: number;
  at: Date;
}

export function newSession(command: CreateSession, lifetimes: SessionLifetimes): Session {
  const { id, userId, device, refreshToken, epoch, at } = command;
  return {
    id,
    userId,
    device: device ?? null,
    created: at,
    epoch,
    seriesHash: hashOf(refreshToken.series),
    refreshTokenHash: hashOf(refreshToken.secret),
    used: [],
    ended: false,
    ...usedAt(at, at, lifetimes),
  };
}
