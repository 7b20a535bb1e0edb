import { createPublicKey, type KeyObject } from 'node:crypto';
import type { SigningKey } from '@natter/contracts';
import { calculateJwkThumbprint } from 'jose';

/** A key that signs, and what everyone gets to verify by. */
export interface SigningKeyPair {
  readonly privateKey: KeyObject;
  readonly published: SigningKey;
}

/** The first signs; the others are published, so that what they signed before stays good. */
export type SigningKeys = readonly [SigningKeyPair, ...SigningKeyPair[]];

export async function publishSigningKeys([first, ...others]: readonly [
  KeyObject,
  ...KeyObject[],
]): Promise<SigningKeys> {
  return [await publish(first), ...(await Promise.all(others.map(publish)))];
}

async function publish(privateKey: KeyObject): Promise<SigningKeyPair> {
  const { x, y } = createPublicKey(privateKey).export({ format: 'jwk' });
  if (x === undefined || y === undefined) throw new Error('A public key on P-256 has two coordinates');
  const point = { kty: 'EC', crv: 'P-256', x, y } as const;
  const kid = await calculateJwkThumbprint(point);
  return { privateKey, published: { ...point, kid, alg: 'ES256', use: 'sig' } };
}
