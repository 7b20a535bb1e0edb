import { minPasswordBytes } from '@natter/contracts';
import { dictionary } from '@zxcvbn-ts/language-common';

/**
 * In lower case, those of the passwords that people choose most often, as lists of stolen ones have them, that are long
 * enough to be one here: the others are refused for being short.
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  dictionary['passwords-common'].filter((password) => Buffer.byteLength(password) >= minPasswordBytes),
);
