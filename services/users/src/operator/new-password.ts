import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { OperatorError } from '@natter/platform';

/** Where a password is asked for: a process has these. */
export interface Terminal {
  stdin: NodeJS.ReadableStream & { isTTY?: boolean };
  /** For the questions: what is printed on the other stream is the answer of the command. */
  stderr: NodeJS.WritableStream;
}

/** 144 random bits. */
export function generatePassword(): string {
  return randomBytes(18).toString('base64url');
}

/**
 * A password that nobody sees: typed twice on a terminal, else the first line of standard input.
 *
 * @throws {OperatorError} when there is none, or when the two differ.
 */
export async function readPassword(terminal: Terminal): Promise<string> {
  if (!terminal.stdin.isTTY) return readLine(terminal.stdin, false);
  const password = await ask(terminal, 'Password: ');
  if (password !== (await ask(terminal, 'The same again: '))) throw new OperatorError('The two differ.');
  return password;
}

async function ask({ stdin, stderr }: Terminal, question: string): Promise<string> {
  stderr.write(question);
  return readLine(stdin, true).finally(() => stderr.write('\n'));
}

async function readLine(input: NodeJS.ReadableStream, terminal: boolean): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal });
  const closed = once(lines, 'close').then(() => []);
  try {
    const [line] = await Promise.race([once(lines, 'line'), closed]);
    if (!line) throw new OperatorError('No password was given.');
    return line;
  } finally {
    lines.close();
  }
}
