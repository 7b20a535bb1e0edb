import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { newPasswordSchema } from '@natter/contracts';
import { generatePassword, readPassword } from './new-password.ts';

function terminalWith(isTTY: boolean) {
  const stdin = Object.assign(new PassThrough(), { isTTY });
  return { stdin, stderr: new PassThrough() };
}

/** Answers each question when it is asked. */
async function answer(...answers: string[]) {
  const terminal = terminalWith(true);
  const left = [...answers];
  terminal.stderr.on('data', (shown) => {
    if (`${shown}`.endsWith(': ')) setImmediate(() => terminal.stdin.write(left.shift() ?? '\x04'));
  });
  const shown = text(terminal.stderr);
  const outcome = await readPassword(terminal).catch((error: Error) => error.message);
  terminal.stderr.end();
  return { outcome, shown: await shown };
}

async function pipe(input: string): Promise<string> {
  const terminal = terminalWith(false);
  terminal.stdin.end(input);
  return readPassword(terminal).catch((error: Error) => error.message);
}

describe('a new password', () => {
  it('is asked for twice on a terminal, and not shown', async () => {
    const { outcome, shown } = await answer('correct horse\r', 'correct horse\r');
    expect(outcome).toBe('correct horse');
    expect(shown).toBe('Password: \nThe same again: \n');
  });

  it('is none when the second is another, or when nothing or the end is typed', async () => {
    expect((await answer('correct horse\r', 'correct house\r')).outcome).toBe('The two differ.');
    for (const key of ['\r', '\x04', '\x03']) {
      expect((await answer(key)).outcome).toBe('No password was given.');
    }
  });

  it.each([
    ['correct horse', 'correct horse'],
    ['correct horse\nbattery\n', 'correct horse'],
    ['correct horse\r\n', 'correct horse'],
    ['', 'No password was given.'],
    ['\n', 'No password was given.'],
  ])('is the first line of what is piped in: %j', async (input, outcome) => {
    expect(await pipe(input)).toBe(outcome);
  });

  it('is a good one when it is made up, and another each time', () => {
    const passwords = [generatePassword(), generatePassword()];
    expect(new Set(passwords).size).toBe(2);
    for (const password of passwords) expect(newPasswordSchema.safeParse(password).success).toBe(true);
  });
});
