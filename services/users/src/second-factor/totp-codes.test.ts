import { expect, test } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import { createTotpCodes } from './totp-codes.ts';

const owner = { id: 'alice-id', username: 'alice' };

/** Keeps secrets as they are. */
const seal = {
  seal: (secret: Uint8Array) => [{ kid: 'k', box: Buffer.from(secret).toString('base64') }],
  open: ([sealed]: readonly { box: string }[]) => sealed && Buffer.from(sealed.box, 'base64'),
  isWhole: ([sealed]: readonly { kid: string }[]) => sealed?.kid === 'k',
};

const unreadable: string[] = [];

const codes = createTotpCodes({ issuer: 'natter', seal, onUnreadable: (id) => unreadable.push(id) });

/** Of appendix B of RFC 6238. */
const rfcSecret = { seals: seal.seal(Buffer.from('12345678901234567890')), ownerId: owner.id };

const seconds = (count: number) => new Date(count * 1_000);

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('at %i s the code is that of RFC 6238, and known for its step', (time, code) => {
  expect(codes.stepOf(code, rfcSecret, seconds(time))).toBe(Math.floor(time / 30));
});

test.each([
  [-31, undefined],
  [-30, 40_000_000],
  [0, 40_000_000],
  [29.999, 40_000_000],
  [59.999, 40_000_000],
  [60, undefined],
])('a code is good from one step before its own to one after: at %f s its step is %p', (offset, step) => {
  const code = new TOTP({ secret: Secret.fromLatin1('12345678901234567890') }).generate({
    timestamp: 40_000_000 * 30_000,
  });
  expect(codes.stepOf(code, rfcSecret, seconds(40_000_000 * 30 + offset))).toBe(step);
});

test('a new secret has 160 bits, is told in both forms, and is another each time', () => {
  const { secret, uri, seals } = codes.create(owner);
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  const params = new URL(uri);
  expect([params.protocol, params.host, params.pathname]).toEqual(['otpauth:', 'totp', '/natter:alice']);
  expect(Object.fromEntries(params.searchParams)).toEqual({
    issuer: 'natter',
    secret,
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  });
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: 59_000 });
  expect(codes.stepOf(code, { seals, ownerId: owner.id }, seconds(59))).toBe(1);
  expect(codes.create(owner).secret).not.toBe(secret);
});

test('a secret is sealed again where a key does not open it', () => {
  const { seals, ownerId } = rfcSecret;
  expect(codes.reseal(rfcSecret)).toBeUndefined();
  expect(codes.reseal({ seals: seals.map(({ box }) => ({ kid: 'older', box })), ownerId })).toEqual(seals);
});

test('of a secret that can’t be opened no code is good, and it is told whose it is', () => {
  expect(codes.reseal({ seals: [], ownerId: 'bob-id' })).toBeUndefined();
  expect(codes.stepOf('287082', { seals: [], ownerId: owner.id }, seconds(59))).toBeUndefined();
  expect(unreadable).toEqual(['bob-id', owner.id]);
});
