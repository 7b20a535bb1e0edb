import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { localNode, nodeFits } from './node-version.mjs';
import { runChild } from './run-child.mjs';

const commandArguments = process.argv.slice(2);

if (!existsSync(localNode)) {
  console.error('Natter is not installed here yet: run "npm start" once, which installs it.');
  process.exit(1);
}

if (nodeFits()) {
  const { natter } = await import('../libs/devstack/src/natter.ts');
  process.exit(await natter(commandArguments));
}

const { code } = await runChild(localNode, [fileURLToPath(import.meta.url), ...commandArguments]);
process.exit(code);
