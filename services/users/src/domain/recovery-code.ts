import { createHash, randomInt } from 'node:crypto';

/** How many an account gets. */
const codesOfAnAccount = 10;

/** Crockford's base32: without letters that are taken for digits. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** 120 bits: too many to be guessed, so that a fast hash is enough to keep a code by. */
const characters = 24;

/** New ones, in groups of four for whoever writes them down. */
export function createRecoveryCodes(): string[] {
  return Array.from({ length: codesOfAnAccount }, createRecoveryCode);
}

function createRecoveryCode(): string {
  const code = Array.from({ length: characters }, () => alphabet.charAt(randomInt(alphabet.length)));
  return code.join('').replaceAll(/.{4}(?!$)/g, '$&-');
}

/** As one is kept; however it is typed. */
export function hashRecoveryCode(typed: string): string {
  return createHash('sha256').update(typed.toLowerCase().replaceAll(/[\s-]/g, '')).digest('base64url');
}
