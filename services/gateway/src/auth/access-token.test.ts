import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it, test } from '@jest/globals';
import { NatterError } from '@natter/contracts';
import jwt from 'jsonwebtoken';
import { verifyAccessToken } from './access-token.ts';

const ours = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const theirs = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const now = Math.floor(Date.now() / 1_000);

const goodHeader = { alg: 'ES256', typ: 'at+jwt', kid: 'k1' };
const goodClaims = {
  iss: 'natter',
  aud: 'natter-api',
  sub: '01941f29-7c00-7000-8000-000000000001',
  sid: '01941f29-7c00-7000-8000-000000000002',
  jti: '01941f29-7c00-7000-8000-000000000003',
  username: 'alice',
  iat: now,
  exp: now + 600,
};

type Changes = Record<string, unknown>;

/** Signed with the right key whatever it says, so that nothing but what it says is refused. */
function token(claims: Changes = {}, header: Changes = {}, key: KeyObject = ours.privateKey): string {
  const merged = { ...goodHeader, ...header };
  return jwt.sign(JSON.stringify({ ...goodClaims, ...claims }), key, {
    algorithm: merged.alg as jwt.Algorithm,
    header: merged,
  });
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What no library would sign: put together by hand. */
function forged(header: Changes, sign: (input: string) => string): string {
  const input = `${encode({ ...goodHeader, ...header })}.${encode(goodClaims)}`;
  return `${input}.${sign(input)}`;
}

const findKey = async (kid: string) => (kid === 'k1' ? ours.publicKey : undefined);
const verify = (text: string) =>
  verifyAccessToken(text, findKey, { issuer: 'natter', audience: 'natter-api' });
const publicPem = ours.publicKey.export({ type: 'spki', format: 'pem' });
const [head, body, signature] = token().split('.') as [string, string, string];

describe('an access token', () => {
  it('says who its bearer is', async () => {
    await expect(verify(token())).resolves.toEqual({
      id: goodClaims.sub,
      username: 'alice',
      sessionId: goodClaims.sid,
      hasSecondFactor: false,
    });
  });

  it('shows a second factor where it says that one was proved', async () => {
    await expect(verify(token({ amr: ['pwd', 'otp', 'mfa'] }))).resolves.toMatchObject({
      hasSecondFactor: true,
    });
    await expect(verify(token({ amr: ['pwd', 'otp'] }))).resolves.toMatchObject({ hasSecondFactor: false });
  });

  test.each([
    ['issued by a clock a little ahead', { iat: now + 4, exp: now + 604 }],
    ['that expired a moment ago', { iat: now - 600, exp: now - 2 }],
    ['that lives for a whole day', { exp: now + 86_400 }],
    ['for several audiences', { aud: ['other', 'natter-api'] }],
    ['with claims that mean nothing here', { role: 'admin' }],
  ])('%s is good', async (_what, claims) => {
    await expect(verify(token(claims))).resolves.toMatchObject({ username: 'alice' });
  });

  test.each([
    ['that is empty', ''],
    ['that is no token', 'abc'],
    ['of two parts', `${head}.${body}`],
    ['of four parts', `${head}.${body}.${signature}.x`],
    ['whose parts are no JSON', 'YWJj.YWJj.YWJj'],
    ['whose header is null', `${encode(null)}.${body}.${signature}`],
    ['without a signature', `${head}.${body}.`],
    ['whose signature is cut short', `${head}.${body}.${signature.slice(0, 40)}`],
    ['whose signature is that of another', `${head}.${body}.${token({ sid: 'other' }).split('.')[2]}`],
    ['whose claims were changed', `${head}.${encode({ ...goodClaims, username: 'bob' })}.${signature}`],
    ['that needs none', forged({ alg: 'none' }, () => '')],
    ['that needs none and has one', forged({ alg: 'None' }, () => signature)],
    [
      'signed with the public key as a secret',
      forged({ alg: 'HS256' }, (input) => createHmac('sha256', publicPem).update(input).digest('base64url')),
    ],
    ['of another algorithm', token({}, { alg: 'RS256' }, rsa.privateKey)],
    ['signed by somebody else', token({}, {}, theirs.privateKey)],
    ['of an unknown key', token({}, { kid: 'k2' })],
    ['of a key that is no string', token({}, { kid: ['k1'] })],
    ['of no key', token({}, { kid: undefined })],
    [
      'that brings its own key',
      token({}, { jwk: theirs.publicKey.export({ format: 'jwk' }) }, theirs.privateKey),
    ],
    ['that names where its key is', token({}, { jku: 'http://127.0.0.1/keys' })],
    ['with an extension that must be understood', token({}, { crit: ['exp'] })],
    ['of another type', token({}, { typ: 'JWT' })],
    ['of no type', token({}, { typ: undefined })],
    ['of another issuer', token({ iss: 'other' })],
    ['for another audience', token({ aud: 'other' })],
    ['for no audience', token({ aud: undefined })],
    ['without a subject', token({ sub: undefined })],
    ['whose subject is no id', token({ sub: 'alice' })],
    ['whose subject is an object', token({ sub: { $ne: null } })],
    ['without a session', token({ sid: undefined })],
    ['whose session is no id', token({ sid: 's' })],
    ['whose session is a number', token({ sid: 1 })],
    ['without an id', token({ jti: undefined })],
    ['without a username', token({ username: undefined })],
    ['that expired', token({ iat: now - 700, exp: now - 100 })],
    ['that never expires', token({ exp: undefined })],
    ['that expires at a word', token({ exp: 'never' })],
    ['that was never issued', token({ iat: undefined })],
    ['that was issued in the future', token({ iat: now + 60, exp: now + 660 })],
    ['that is not good yet', token({ nbf: now + 60 })],
    ['that lives too long', token({ exp: now + 86_401 })],
  ])('%s is refused like any other', async (_what, text) => {
    const { code, message } = new NatterError('invalid_token');
    await expect(verify(text)).rejects.toMatchObject({ code, message, detail: undefined, cause: undefined });
  });

  it('is not judged while keys can’t be had', async () => {
    const verified = verifyAccessToken(
      token(),
      () => Promise.reject(new NatterError('service_unavailable')),
      { issuer: 'natter', audience: 'natter-api' },
    );
    await expect(verified).rejects.toMatchObject({ code: 'service_unavailable' });
  });
});
