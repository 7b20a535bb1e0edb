import type { Session } from './session.ts';

export interface CreateSession {
  id: string;
  userId: string;
  device: string | undefined;
  refreshTokenHash: string;
  at: Date;
}

export function newSession({ id, userId, device, refreshTokenHash, at }: CreateSession): Session {
  return { id, userId, device: device ?? null, created: at, lastUsed: at, refreshTokenHash };
}
