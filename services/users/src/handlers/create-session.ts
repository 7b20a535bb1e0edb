import { type Handler, implement } from '@natter/bus';
import { createSession } from '@natter/contracts';
import { uuidv7 } from 'uuidv7';
import type { AccessTokens } from '../domain/access-token.ts';
import type { Authenticate } from '../domain/authenticate.ts';
import { newSession } from '../domain/create-session.ts';
import { createRefreshToken, hashRefreshToken } from '../domain/refresh-token.ts';
import type { Sessions } from '../domain/session.ts';
import { toSession } from '../session-dto.ts';
import { toUser } from '../user-dto.ts';
import { credentialsOf } from './credentials.ts';

export function handleCreateSession(
  authenticate: Authenticate,
  sessions: Sessions,
  accessTokens: AccessTokens,
): Handler {
  return implement(createSession, async (request) => {
    const account = await authenticate(credentialsOf(request));
    const refreshToken = createRefreshToken();
    const session = newSession({
      id: uuidv7(),
      userId: account.id,
      device: request.device,
      refreshTokenHash: hashRefreshToken(refreshToken),
      at: new Date(),
    });
    await sessions.add(session);
    const { token: accessToken, expiresInSeconds: expiresIn } = accessTokens.sign(account, session.id);
    return {
      session: { ...toSession(session), current: true },
      user: toUser(account),
      accessToken,
      tokenType: 'Bearer' as const,
      expiresIn,
      refreshToken,
    };
  });
}
