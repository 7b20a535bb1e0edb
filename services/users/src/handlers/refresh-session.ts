import { type Handler, implement } from '@natter/bus';
import { NatterError, refreshSession } from '@natter/contracts';
import type { AccessTokens } from '../domain/access-token.ts';
import type { RecordAudit } from '../domain/audit-log.ts';
import type { RefreshSession } from '../domain/refresh-session.ts';
import { decodeRefreshToken } from '../domain/refresh-token.ts';
import { toSessionGrant } from '../session-dto.ts';

export function handleRefreshSession(
  refresh: RefreshSession,
  accessTokens: AccessTokens,
  now: () => Date,
  record: RecordAudit,
): Handler {
  return implement(refreshSession, async ({ refreshToken }, { requestId, address }) => {
    const token = decodeRefreshToken(refreshToken);
    if (token === undefined) throw new NatterError('invalid_token');
    const at = now();
    const refreshed = await refresh(token, at, ({ id: sessionId, userId }) =>
      record({
        kind: 'session.reused_refresh_token',
        by: 'service',
        requestId,
        address,
        userId,
        sessionId,
      }),
    );
    return toSessionGrant(refreshed, accessTokens.sign(refreshed.account, refreshed.session.id, at));
  });
}
