import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Longer than any path that is likely, and shorter than a key. */
const pathCharacters = 128;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'is not there',
  ENOTDIR: 'is not there',
  EACCES: 'may not be read by the user of this process',
  EPERM: 'may not be read by the user of this process',
  EISDIR: 'is a folder',
};

/**
 * The text of a file that a setting names.
 *
 * @throws {Error} that says in words what is wrong with which file. What can't be a path is not repeated: somebody may
 * have set the secret itself instead of its file.
 */
export function readSettingFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    const message = isPath(file)
      ? `The file ${file} ${reasons[code] ?? `can't be read (${code})`}`
      : 'Must be the path of a file, and does not look like one';
    throw new Error(message, { cause });
  }
}

const isPath = (text: string) =>
  path.isAbsolute(text) || (text !== '' && text.length <= pathCharacters && !/:\/\/|-----|[\r\n]/.test(text));
