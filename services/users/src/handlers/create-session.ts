import { type Handler, implement } from '@natter/bus';
import { createSession, NatterError } from '@natter/contracts';
import { uuidv7 } from 'uuidv7';
import type { AccessTokens } from '../domain/access-token.ts';
import type { Accounts } from '../domain/account.ts';
import type { RecordAudit } from '../domain/audit-log.ts';
import type { Authenticate } from '../domain/authenticate.ts';
import { newSession } from '../domain/create-session.ts';
import type { EndSession } from '../domain/end-session.ts';
import { createRefreshToken } from '../domain/refresh-token.ts';
import type { Sessions } from '../domain/session.ts';
import type { SessionLifetimes } from '../domain/session-lifetimes.ts';
import type { UseCode } from '../domain/use-code.ts';
import { toSessionGrant } from '../session-dto.ts';
import { credentialsOf } from './credentials.ts';
import { recordRecoveryCode } from './record-recovery-code.ts';

export interface CreateSessionCollaborators {
  authenticate: Authenticate;
  useCode: UseCode;
  accounts: Accounts;
  sessions: Sessions;
  end: EndSession;
  accessTokens: AccessTokens;
  lifetimes: SessionLifetimes;
  record: RecordAudit;
  now: () => Date;
}

export function handleCreateSession(collaborators: CreateSessionCollaborators): Handler {
  const { authenticate, useCode, record, accounts, sessions, end, accessTokens, lifetimes, now } =
    collaborators;
  return implement(createSession, async (request, context) => {
    const used = await useCode(await authenticate(credentialsOf(request)), request.code);
    recordRecoveryCode(record, used, context);
    const { account } = used;
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
    // The password may have been changed while it was found right: then all sessions are ended, but that may have been
    // just before this one was added.
    if ((await accounts.findById(account.id))?.sessionEpoch !== session.epoch) {
      await end(session, at);
      throw new NatterError('invalid_credentials');
    }
    return toSessionGrant({ account, session, refreshToken }, accessTokens.sign(account, session.id, at));
  });
}
