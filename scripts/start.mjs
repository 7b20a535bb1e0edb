import { fileURLToPath } from 'node:url';
import { install } from './install.mjs';
import { localNode, nodeFits } from './node-version.mjs';
import { runChild } from './run-child.mjs';

const launcherArguments = process.argv.slice(2);
const installed = await install();

if (nodeFits() && !installed) {
  const { start } = await import('../libs/devstack/src/start.ts');
  process.exit(await start(launcherArguments));
}

// The first start: the machine's own Node has fetched Node 24 and hands over to it. The channel tells the
// launcher when this process is gone, so that a stack never outlives the command that started it.
const { code } = await runChild(localNode, [fileURLToPath(import.meta.url), ...launcherArguments], {
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
});
process.exit(code);
