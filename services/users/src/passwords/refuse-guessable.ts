import { NatterError } from '@natter/contracts';
import { commonPasswords } from './common-passwords.ts';

/** What people think of first here, and so do those who guess; the username is one of them. */
const wordsOfThePlace = ['natter'];

export interface NewPassword {
  password: string;
  /** Whose it is to be, folded. */
  username: string;
  /** Of the field that it came in. */
  pointer: string;
}

/**
 * Refuses what would be among the first guesses: one of the most frequent passwords, in any case, or one that has no other
 * letters than those of the username and of the name of the product.
 *
 * @throws {NatterError} `validation_failed`, with a message for whoever chose it.
 */
export function refuseGuessable({ password, username, pointer }: NewPassword): void {
  const folded = password.toLowerCase();
  const fault = (message: string) => new NatterError('validation_failed', { faults: [{ pointer, message }] });
  if (commonPasswords.has(folded)) throw fault('Must not be one of the most frequent passwords');
  if (isMadeOf(folded, [username, ...wordsOfThePlace])) {
    throw fault('Must be more than the username, or the name of the server, with digits or signs');
  }
}

function isMadeOf(text: string, words: readonly string[]): boolean {
  const letters = lettersOf(text);
  return letters !== '' && words.reduce((left, word) => left.replaceAll(lettersOf(word), ''), letters) === '';
}

function lettersOf(text: string): string {
  return text.replace(/\P{L}/gu, '');
}
