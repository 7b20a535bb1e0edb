import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { NatterError } from '@natter/contracts';
import jwt from 'jsonwebtoken';
import { VerifiedTokens } from './verified-tokens.ts';

const key = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;

/** In seconds. */
const expiry = 1_000;

const token = (sub: string) => jwt.sign({ sub, exp: expiry, iat: 1 }, 'nobody verifies this here');

const alice = { id: 'alice' };

describe('a verified token', () => {
  let keys: Map<string, KeyObject>;
  let now: number;
  let tokens: VerifiedTokens<{ id: string }>;
  const findKey = async (kid: string) => keys.get(kid);
  const verify =
    jest.fn<
      (token: string, findKey: (kid: string) => Promise<KeyObject | undefined>) => Promise<typeof alice>
    >();

  beforeEach(() => {
    keys = new Map([['k1', key()]]);
    now = 1;
    verify.mockReset().mockImplementation(async (_token, find) => {
      if (!(await find('k1'))) throw new NatterError('invalid_token');
      return alice;
    });
    tokens = new VerifiedTokens(verify, findKey, { now: () => now });
  });

  it('is verified once', async () => {
    await expect(tokens.verify(token('alice'))).resolves.toEqual(alice);
    await expect(tokens.verify(token('alice'))).resolves.toEqual(alice);
    expect(verify).toHaveBeenCalledTimes(1);
  });

  it('does not stand for another', async () => {
    await tokens.verify(token('alice'));
    await tokens.verify(token('bob'));
    expect(verify).toHaveBeenCalledTimes(2);
  });

  it('is verified again when it has expired, 5 s of leeway included', async () => {
    await tokens.verify(token('alice'));
    now = 1_004_999;
    await tokens.verify(token('alice'));
    expect(verify).toHaveBeenCalledTimes(1);
    now = 1_005_001;
    await tokens.verify(token('alice'));
    expect(verify).toHaveBeenCalledTimes(2);
  });

  it('is verified again when its key is another one', async () => {
    await tokens.verify(token('alice'));
    keys.set('k1', key());
    await tokens.verify(token('alice'));
    expect(verify).toHaveBeenCalledTimes(2);
  });

  it('is refused when its key is no longer published', async () => {
    await tokens.verify(token('alice'));
    keys.clear();
    await expect(tokens.verify(token('alice'))).rejects.toMatchObject({ code: 'invalid_token' });
  });

  it('is not remembered as wrong', async () => {
    verify.mockRejectedValueOnce(new NatterError('invalid_token'));
    await expect(tokens.verify(token('alice'))).rejects.toMatchObject({ code: 'invalid_token' });
    await expect(tokens.verify(token('alice'))).resolves.toEqual(alice);
  });
});
