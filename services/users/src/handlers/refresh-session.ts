import { type Handler, implement } from '@natter/bus';
import { NatterError, refreshSession } from '@natter/contracts';
import type { AccessTokens } from '../domain/access-token.ts';
import type { RefreshSession } from '../domain/refresh-session.ts';
import { decodeRefreshToken } from '../domain/refresh-token.ts';
import { toSessionGrant } from '../session-dto.ts';

export function handleRefreshSession(
  refresh: RefreshSession,
  accessTokens: AccessTokens,
  now: () => Date,
): Handler {
  return implement(refreshSession, async ({ refreshToken }) => {
    const token = decodeRefreshToken(refreshToken);
    if (token === undefined) throw new NatterError('invalid_token');
    const at = now();
    const refreshed = await refresh(token, at);
    return toSessionGrant(refreshed, accessTokens.sign(refreshed.account, refreshed.session.id, at));
  });
}
