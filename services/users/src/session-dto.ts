import type { EndedSession, Session as SessionDto, SessionGrant } from '@natter/contracts';
import type { AccessToken } from './domain/access-token.ts';
import type { Refreshed } from './domain/refresh-session.ts';
import { encodeRefreshToken } from './domain/refresh-token.ts';
import type { Session } from './domain/session.ts';
import { toUser } from './user-dto.ts';

/** @param currentId of the session that asks. */
export function toSession(session: Session, currentId: string | undefined): SessionDto {
  const { id, device, created, lastUsed } = session;
  return {
    id,
    device,
    created: created.toISOString(),
    lastUsed: lastUsed.toISOString(),
    current: id === currentId,
  };
}

export function toSessionGrant(
  { account, session, refreshToken }: Refreshed,
  { token: accessToken, expiresInSeconds: expiresIn }: AccessToken,
): SessionGrant {
  return {
    session: toSession(session, session.id),
    user: toUser(account),
    accessToken,
    tokenType: 'Bearer' as const,
    expiresIn,
    refreshToken: encodeRefreshToken(refreshToken),
  };
}

export function toEndedSession({ id, accessUntil }: Session): EndedSession {
  return { id, accessUntil: accessUntil.toISOString() };
}
