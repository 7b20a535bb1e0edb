import { type Handler, implement } from '@natter/bus';
import { createSession } from '@natter/contracts';
import { uuidv7 } from 'uuidv7';
import type { AccessTokens } from '../domain/access-token.ts';
import type { Authenticate } from '../domain/authenticate.ts';
import { newSession } from '../domain/create-session.ts';
import { createRefreshToken } from '../domain/refresh-token.ts';
import type { Sessions } from '../domain/session.ts';
import type { SessionLifetimes } from '../domain/session-lifetimes.ts';
import { toSessionGrant } from '../session-dto.ts';
import { credentialsOf } from './credentials.ts';

export interface CreateSessionCollaborators {
  authenticate: Authenticate;
  sessions: Sessions;
  accessTokens: AccessTokens;
  lifetimes: SessionLifetimes;
  now: () => Date;
}

export function handleCreateSession(collaborators: CreateSessionCollaborators): Handler {
  const { authenticate, sessions, accessTokens, lifetimes, now } = collaborators;
  return implement(createSession, async (request) => {
    const account = await authenticate(credentialsOf(request));
    const [at, refreshToken] = [now(), createRefreshToken()];
    const session = newSession(
      {
        id: uuidv7(),
        userId: account.id,
        device: request.device,
        refreshToken,
        epoch: account.sessionEpoch,
        at,
      },
      lifetimes,
    );
    await sessions.add(session);
    return toSessionGrant({ account, session, refreshToken }, accessTokens.sign(account, session.id, at));
  });
}
