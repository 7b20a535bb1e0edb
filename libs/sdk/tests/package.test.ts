import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const bin = (name: string) => path.join(root, 'node_modules', '.bin', name);
const run = promisify(execFile);

/** A page, as strict as its authors may be. */
const browser = '--lib es2023,dom,dom.iterable --types --module esnext --moduleResolution bundler'.split(' ');
const strict = '--noEmit --strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess'.split(' ');

/** Compiles only if the types are those of the contracts: what is `any` would take everything. */
const use = `
import { type Entry, type Message, NatterClient } from '@natter/client';
export function textOf(entry: Entry): string {
  return entry.type === 'message.sent' ? entry.data.content : '';
}
export const send = (client: NatterClient): Promise<Message> => client.messages.send('bob', { content: 'hello' });
// @ts-expect-error: it is a number
export const wrong: Message['seq'] = 'seven';
`;

describe('the package, packed and installed into an empty folder', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'natter-package-'));
    const built = path.join(folder, 'built');
    await run(process.execPath, [path.join(root, 'scripts', 'build-sdk.ts'), built]);
    const { stdout } = await run('npm', ['pack', built, '--json', '--pack-destination', folder]);
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    await writeFile(path.join(folder, 'package.json'), '{ "type": "module" }');
    await run('npm', ['install', '--offline', '--no-audit', '--no-fund', filename], { cwd: folder });
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('needs no other package', async () => {
    const lock = JSON.parse(await readFile(path.join(folder, 'package-lock.json'), 'utf8'));
    expect(Object.keys(lock.packages)).toEqual(['', 'node_modules/@natter/client']);
  });

  it('is imported by Node', async () => {
    const script = `
      import { NatterClient } from '@natter/client';
      const client = new NatterClient({ url: 'http://127.0.0.1:1', basic: { username: 'a', password: 'b' } });
      console.log(await client.users.me().catch(({ name, code }) => name + ' ' + code));
    `;
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: folder,
    });
    expect(stdout).toBe('NatterClientError no_answer\n');
  });

  it('is bundled for pages, for which there is nothing of Node', async () => {
    await writeFile(path.join(folder, 'page.js'), "export { NatterClient } from '@natter/client';");
    const options = [
      '--bundle',
      '--platform=browser',
      '--format=esm',
      '--metafile=meta.json',
      '--outfile=bundle.js',
    ];
    await run(bin('esbuild'), ['page.js', ...options], { cwd: folder });
    const { inputs, outputs } = JSON.parse(await readFile(path.join(folder, 'meta.json'), 'utf8'));
    const ours = 'node_modules/@natter/client/';
    expect(Object.keys(inputs).filter((file) => file !== 'page.js' && !file.startsWith(ours))).toEqual([]);
    expect(outputs['bundle.js'].imports).toEqual([]);
  });

  it('has all that the examples for pages in its README use', async () => {
    const readme = await readFile(
      path.join(folder, 'node_modules', '@natter', 'client', 'README.md'),
      'utf8',
    );
    // The first is for Node, and is run where there is a Natter.
    const [, ...examples] = [...readme.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => String(code));
    expect(examples).toHaveLength(2);
    const files = examples.map((_, index) => `example-${index}.js`);
    for (const [index, file] of files.entries())
      await writeFile(path.join(folder, file), examples[index] ?? '');
    const options = [...browser, '--noEmit', '--allowJs', '--checkJs', '--strict', 'false'];
    expect((await run(bin('tsc'), [...options, ...files], { cwd: folder })).stdout).toBe('');
  });

  it('has the types of the contracts, for a page too', async () => {
    await writeFile(path.join(folder, 'use.ts'), use);
    const { stdout } = await run(bin('tsc'), [...browser, ...strict, 'use.ts'], { cwd: folder });
    expect(stdout).toBe('');
  });
});
