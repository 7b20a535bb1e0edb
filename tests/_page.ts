import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createContext, runInContext } from 'node:vm';

const fromRoot = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));

/** What of a page's globals the SDK may use, beside those of the language itself. */
const pageGlobals = {
  AbortController,
  TextDecoder,
  URLSearchParams,
  WebSocket,
  clearInterval,
  clearTimeout,
  crypto,
  fetch,
  setInterval,
  setTimeout,
};

/** The SDK as a bundler makes it for pages, where there is what a page has and nothing of Node. */
export async function loadInPage(): Promise<typeof import('@natter/client')> {
  const { stdout } = await promisify(execFile)(fromRoot('node_modules/.bin/esbuild'), [
    fromRoot('libs/sdk/src/index.ts'),
    '--bundle',
    '--platform=browser',
    '--format=iife',
    '--global-name=natter',
  ]);
  const page = createContext({ ...pageGlobals });
  runInContext(stdout, page);
  return (page as unknown as { natter: typeof import('@natter/client') }).natter;
}
