import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { password } from './_client.ts';

const fromRoot = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));

/** The example in the README of the SDK, as somebody has it who pasted it. */
export class Bot implements AsyncDisposable {
  /** All that it has printed. */
  output = '';
  readonly #folder: string;
  readonly #args: readonly string[];
  #process: ChildProcess | undefined;

  private constructor(folder: string, args: readonly string[]) {
    this.#folder = folder;
    this.#args = args;
  }

  static async start(url: string, username: string): Promise<Bot> {
    // Where what it imports is found; whether the package is found by others is for the test of the package.
    const folder = await mkdtemp(fromRoot('libs/sdk/.bot-'));
    const readme = await readFile(fromRoot('libs/sdk/README.md'), 'utf8');
    const [, example = ''] = /^```js\n(.*?)^```$/ms.exec(readme) ?? [];
    await writeFile(path.join(folder, 'bot.mjs'), example);
    const bot = new Bot(folder, [url, username, password]);
    bot.start();
    return bot;
  }

  start(): void {
    this.#process = spawn(process.execPath, ['bot.mjs', ...this.#args], {
      cwd: this.#folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#process.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.output += text;
    });
  }

  /** Resolves when it has logged out. */
  async stop(): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await rm(this.#folder, { recursive: true });
  }
}
