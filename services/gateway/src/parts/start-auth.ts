import type { Bus } from '@natter/bus';
import type { Lifecycle } from '@natter/platform';
import { verifyAccessToken } from '../auth/access-token.ts';
import { type Authenticate, type Caller, createAuthenticate, type Verify } from '../auth/authenticate.ts';
import { EndedSessions } from '../auth/ended-sessions.ts';
import { requireSecondFactor } from '../auth/require-second-factor.ts';
import { SigningKeys } from '../auth/signing-keys.ts';
import { VerifiedCredentials } from '../auth/verified-credentials.ts';
import { VerifiedTokens } from '../auth/verified-tokens.ts';
import type { GatewayConfig } from '../config.ts';
import type { GuardPassword } from '../limits/password-guard.ts';

export interface AuthNeeds {
  bus: Bus;
  guard: GuardPassword;
  settings: Pick<GatewayConfig, 'AUTH_BASIC' | 'JWT_ISSUER' | 'JWT_AUDIENCE' | 'SECOND_FACTOR'>;
}

export interface GatewayAuth {
  signingKeys: SigningKeys;
  endedSessions: EndedSessions;
  authenticate: Authenticate;
  /** Of a session that goes on for longer than any token of it. @throws where it does no more. */
  refuseEnded: (caller: Caller) => Promise<void>;
}

/** Knows who asks. The signing keys and the ended sessions are learnt beside, and judge nothing until they are known. */
export async function startAuth(lifecycle: Lifecycle, needs: AuthNeeds): Promise<GatewayAuth> {
  const signingKeys = startSigningKeys(lifecycle, needs.bus);
  const endedSessions = startEndedSessions(lifecycle, needs.bus);
  const bearer = verifyBearer({ signingKeys, endedSessions }, needs.settings);
  const basic = needs.settings.AUTH_BASIC === 'on' ? await startBasic(needs) : undefined;
  const authenticate = createAuthenticate({ bearer, basic });
  return {
    signingKeys,
    endedSessions,
    authenticate:
      needs.settings.SECOND_FACTOR === 'required' ? requireSecondFactor(authenticate) : authenticate,
    refuseEnded: async ({ sessionId }) => {
      if (sessionId !== undefined) await endedSessions.refuse(sessionId);
    },
  };
}

function startSigningKeys(lifecycle: Lifecycle, bus: Bus): SigningKeys {
  const signingKeys = new SigningKeys(bus, lifecycle.owner.logger);
  const learnt = signingKeys.learn(lifecycle.stopping);
  lifecycle.onStop('the signing keys', () => learnt);
  return signingKeys;
}

function startEndedSessions(lifecycle: Lifecycle, bus: Bus): EndedSessions {
  const endedSessions = new EndedSessions(bus, lifecycle.owner.logger);
  const followed = endedSessions.follow(lifecycle.stopping);
  lifecycle.onStop('the ended sessions', () => followed);
  return endedSessions;
}

function verifyBearer(
  { signingKeys, endedSessions }: Pick<GatewayAuth, 'signingKeys' | 'endedSessions'>,
  { JWT_ISSUER: issuer, JWT_AUDIENCE: audience }: AuthNeeds['settings'],
): Verify {
  const tokens = new VerifiedTokens(
    (token, findKey) => verifyAccessToken(token, findKey, { issuer, audience }),
    (kid) => signingKeys.find(kid),
  );
  return async (token) => {
    const bearer = await tokens.verify(token);
    await endedSessions.refuse(bearer.sessionId);
    return bearer;
  };
}

async function startBasic({ bus, guard }: AuthNeeds): Promise<Verify> {
  const credentials = new VerifiedCredentials(bus, performance, guard);
  await credentials.listen();
  return (encoded, context) => credentials.verify(encoded, context);
}
