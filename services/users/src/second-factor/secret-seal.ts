import { createCipheriv, createDecipheriv, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import type { SealedSecret } from '../domain/second-factor.ts';
import type { SigningKeys } from '../tokens/signing-keys.ts';

const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Seals secrets for the database under keys that are not in it: AES-256-GCM, with keys made (HKDF, RFC 5869) of those that
 * sign access tokens. A secret is sealed under each of them, so that the keys can be changed one after the other.
 */
export class SecretSeal {
  /** By the ids of the keys that they are made of. */
  readonly #keys: ReadonlyMap<string, Buffer>;

  constructor(signingKeys: SigningKeys) {
    this.#keys = new Map(
      signingKeys.map(({ privateKey, published }) => [published.kid, sealingKeyOf(privateKey)]),
    );
  }

  /** @param ownerId of whom it is: sealed, it is of no use to anybody else. */
  seal(secret: Uint8Array, ownerId: string): SealedSecret[] {
    return [...this.#keys].map(([kid, key]) => {
      const nonce = randomBytes(nonceBytes);
      const sealing = createCipheriv(cipher, key, nonce).setAAD(Buffer.from(ownerId));
      const sealed = Buffer.concat([sealing.update(secret), sealing.final()]);
      return { kid, box: Buffer.concat([nonce, sealing.getAuthTag(), sealed]).toString('base64url') };
    });
  }

  /**
   * @returns undefined where it is sealed under none of the keys that there are.
   * @throws where it was changed, or is somebody else's.
   */
  open(seals: readonly SealedSecret[], ownerId: string): Buffer | undefined {
    for (const { kid, box } of seals) {
      const key = this.#keys.get(kid);
      if (key !== undefined) return openBox(Buffer.from(box, 'base64url'), key, ownerId);
    }
    return undefined;
  }

  /** Whether every key that there is opens it. */
  isWhole(seals: readonly SealedSecret[]): boolean {
    const kids = new Set(seals.map(({ kid }) => kid));
    return [...this.#keys.keys()].every((kid) => kids.has(kid));
  }
}

function openBox(box: Buffer, key: Buffer, ownerId: string): Buffer {
  const opening = createDecipheriv(cipher, key, box.subarray(0, nonceBytes), { authTagLength: tagBytes })
    .setAAD(Buffer.from(ownerId))
    .setAuthTag(box.subarray(nonceBytes, nonceBytes + tagBytes));
  return Buffer.concat([opening.update(box.subarray(nonceBytes + tagBytes)), opening.final()]);
}

function sealingKeyOf(privateKey: KeyObject): Buffer {
  const { d = '' } = privateKey.export({ format: 'jwk' });
  return Buffer.from(hkdfSync('sha256', Buffer.from(d, 'base64url'), '', 'natter second factor', 32));
}
