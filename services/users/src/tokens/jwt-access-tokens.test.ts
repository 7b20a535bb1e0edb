import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { pendingSecondFactor } from '../domain/second-factor.ts';
import { createJwtAccessTokens } from './jwt-access-tokens.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const published = {
  kty: 'EC',
  crv: 'P-256',
  x: '',
  y: '',
  kid: 'the key',
  alg: 'ES256',
  use: 'sig',
} as const;
const alice = {
  id: 'alice-id',
  username: 'alice',
  displayName: 'Alice',
  created: new Date(),
  deleted: false,
  receipts: 'shared' as const,
  version: 1,
  passwordHash: '',
  disabled: false,
  sessionEpoch: 0,
};

const at = new Date(Math.floor(Date.now() / 1_000) * 1_000 + 999);

const accessTokens = createJwtAccessTokens(
  { privateKey, published },
  { issuer: 'natter', audience: 'natter-api', lifetimeSeconds: 600 },
);

test('an access token says who, in which session, for whom and how long', () => {
  const { token, expiresInSeconds } = accessTokens.sign(alice, 'session-id', at);
  const { header, payload } = jwt.verify(token, publicKey, { algorithms: ['ES256'], complete: true });
  expect(header).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: 'the key' });
  const { iat, exp, jti, ...claims } = payload as jwt.JwtPayload;
  expect(claims).toEqual({
    iss: 'natter',
    aud: 'natter-api',
    sub: 'alice-id',
    sid: 'session-id',
    username: 'alice',
    amr: ['pwd'],
  });
  expect(jti).toEqual(expect.any(String));
  expect([iat, exp]).toEqual([Math.floor(at.getTime() / 1_000), Math.floor(at.getTime() / 1_000) + 600]);
  expect(expiresInSeconds).toBe(600);
});

test('no two tokens have the same id', () => {
  const ids = [1, 2].map(() => (jwt.decode(accessTokens.sign(alice, 's', at).token) as jwt.JwtPayload).jti);
  expect(new Set(ids).size).toBe(2);
});

test.each([
  ['in force', true, ['pwd', 'otp', 'mfa']],
  ['yet to be confirmed', false, ['pwd']],
])('an access token says how its bearer was known, with a second factor %s', (_what, confirmed, amr) => {
  const secondFactor = { ...pendingSecondFactor([]), confirmed };
  const { token } = accessTokens.sign({ ...alice, secondFactor }, 's', at);
  expect(jwt.decode(token)).toMatchObject({ amr });
});
