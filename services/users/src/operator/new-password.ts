import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
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
export async function readPassword({ stdin, stderr }: Terminal): Promise<string> {
  if (!stdin.isTTY) return readLine(createInterface({ input: stdin }));
  const ask = (question: string) => askHidden(stdin, stderr, question);
  const password = await ask('Password: ');
  if (password !== (await ask('The same again: '))) throw new OperatorError('The two differ.');
  return password;
}

async function askHidden(
  input: Terminal['stdin'],
  shown: Terminal['stderr'],
  question: string,
): Promise<string> {
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  // First of all the terminal must not echo any more: who pastes is quick.
  const lines = createInterface({ input, output, terminal: true });
  shown.write(question);
  return readLine(lines).finally(() => shown.write('\n'));
}

async function readLine(lines: Interface): Promise<string> {
  const closed = once(lines, 'close').then(() => []);
  try {
    const [line] = await Promise.race([once(lines, 'line'), closed]);
    if (!line) throw new OperatorError('No password was given.');
    return line;
  } finally {
    lines.close();
  }
}
