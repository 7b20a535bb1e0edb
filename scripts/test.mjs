import path from 'node:path';
import { install } from './install.mjs';
import { localNode, root } from './node-version.mjs';
import { runChild } from './run-child.mjs';

await install();

const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
// Tests start services, each of which would compile all its modules anew.
const env = { NODE_COMPILE_CACHE: path.join(root, 'node_modules', '.cache', 'compiled'), ...process.env };
const { code } = await runChild(localNode, [jest, ...process.argv.slice(2)], { cwd: root, env });
process.exit(code);
