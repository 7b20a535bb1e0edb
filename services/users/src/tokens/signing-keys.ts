import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { SigningKey } from '@natter/contracts';
import { ConfigError } from '@natter/platform';
import { calculateJwkThumbprint } from 'jose';

/** A key that signs, and what everyone gets to verify by. */
export interface SigningKeyPair {
  readonly privateKey: KeyObject;
  readonly published: SigningKey;
}

/** The first signs; the others are published, so that what they signed before stays good. */
export type SigningKeys = readonly [SigningKeyPair, ...SigningKeyPair[]];

/** @throws {ConfigError} naming the file that is not there or holds no private P-256 key. */
export async function loadSigningKeys([first, ...others]: readonly [
  string,
  ...string[],
]): Promise<SigningKeys> {
  return [await loadSigningKey(first), ...(await Promise.all(others.map(loadSigningKey)))];
}

async function loadSigningKey(file: string): Promise<SigningKeyPair> {
  const privateKey = await readPrivateKey(file);
  if (privateKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new ConfigError(`JWT_PRIVATE_KEY_FILE: the key in ${file} is not on the curve P-256`);
  }
  return { privateKey, published: await publish(privateKey) };
}

async function readPrivateKey(file: string): Promise<KeyObject> {
  let pem: string;
  try {
    pem = await readFile(file, 'utf8');
  } catch (error) {
    throw new ConfigError(`JWT_PRIVATE_KEY_FILE: can't read ${file}: ${(error as Error).message}`);
  }
  try {
    return createPrivateKey(pem);
  } catch {
    // OpenSSL's reason says nothing that helps, and might quote the file.
    throw new ConfigError(
      `JWT_PRIVATE_KEY_FILE: ${file} holds no private key in PEM (PKCS#8, not encrypted)`,
    );
  }
}

async function publish(privateKey: KeyObject): Promise<SigningKey> {
  const { x, y } = createPublicKey(privateKey).export({ format: 'jwk' });
  if (x === undefined || y === undefined) throw new Error('A public key on P-256 has two coordinates');
  const point = { kty: 'EC', crv: 'P-256', x, y } as const;
  return { ...point, kid: await calculateJwkThumbprint(point), alg: 'ES256', use: 'sig' };
}
