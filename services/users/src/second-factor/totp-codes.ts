import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { KeptSecret, TimeCodes } from '../domain/second-factor.ts';
import type { SecretSeal } from './secret-seal.ts';

/** What the apps that people have take for granted: six digits of HMAC-SHA-1, another every 30 s. */
const parameters = { algorithm: 'SHA1', digits: 6, period: 30 };

/** RFC 4226 recommends 160 bits. */
const secretBytes = 20;

/** How many steps the clock of an app may be off, to either side (RFC 6238, 5.2). */
const window = 1;

export interface TotpOptions {
  /** Whose codes they are, as an app shows it. */
  issuer: string;
  seal: Pick<SecretSeal, 'seal' | 'open' | 'isWhole'>;
  /** Told whose secret is sealed under keys that are gone. */
  onUnreadable: (ownerId: string) => void;
}

/** The codes of RFC 6238. */
export function createTotpCodes({ issuer, seal, onUnreadable }: TotpOptions): TimeCodes {
  const open = ({ seals, ownerId }: KeptSecret): Buffer | undefined => {
    const bytes = seal.open(seals, ownerId);
    if (bytes === undefined) onUnreadable(ownerId);
    return bytes;
  };
  return {
    create: ({ id, username }) => {
      const bytes = randomBytes(secretBytes);
      const totp = totpOf(bytes, { issuer, label: username });
      return { seals: seal.seal(bytes, id), secret: totp.secret.base32, uri: totp.toString() };
    },
    stepOf: (token, { seals, ownerId }, at) => {
      const bytes = open({ seals, ownerId });
      if (bytes === undefined) return undefined;
      const timestamp = at.getTime();
      const totp = totpOf(bytes);
      const delta = totp.validate({ token, timestamp, window });
      return delta === null ? undefined : totp.counter({ timestamp }) + delta;
    },
    reseal: ({ seals, ownerId }) => {
      const bytes = seal.isWhole(seals) ? undefined : open({ seals, ownerId });
      return bytes && seal.seal(bytes, ownerId);
    },
  };
}

function totpOf(bytes: Uint8Array, names: { issuer?: string; label?: string } = {}): TOTP {
  return new TOTP({ ...parameters, ...names, secret: new Secret({ buffer: Uint8Array.from(bytes).buffer }) });
}
