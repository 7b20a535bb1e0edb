import jwt from 'jsonwebtoken';
import { uuidv7 } from 'uuidv7';
import type { AccessTokens } from '../domain/access-token.ts';
import type { SigningKeyPair } from './signing-keys.ts';

export interface JwtOptions {
  issuer: string;
  audience: string;
  lifetimeSeconds: number;
}

/** What has proved who it is, as RFC 8176 names it: recovery codes are good once, too. */
const methods = { password: ['pwd'], secondFactor: ['pwd', 'otp', 'mfa'] };

/** JWTs as RFC 9068 types them, signed with ES256, with the user's name and session as claims. */
export function createJwtAccessTokens(key: SigningKeyPair, options: JwtOptions): AccessTokens {
  const { issuer, audience, lifetimeSeconds } = options;
  return {
    sign: ({ id, username, secondFactor }, sessionId, at) => {
      const iat = Math.floor(at.getTime() / 1_000);
      const amr = secondFactor?.confirmed ? methods.secondFactor : methods.password;
      const claims = { sid: sessionId, username, amr, iat };
      const token = jwt.sign(claims, key.privateKey, {
        algorithm: 'ES256',
        header: { alg: 'ES256', typ: 'at+jwt', kid: key.published.kid },
        issuer,
        audience,
        subject: id,
        jwtid: uuidv7(),
        expiresIn: lifetimeSeconds,
      });
      return { token, expiresInSeconds: lifetimeSeconds };
    },
  };
}
