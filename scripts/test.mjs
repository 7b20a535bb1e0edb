import path from 'node:path';
import { install } from './install.mjs';
import { localNode, root } from './node-version.mjs';
import { runChild } from './run-child.mjs';

await install();

// Jest loads ES modules through node:vm, which Node still calls experimental. Its workers inherit both flags.
const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
// Tests start services, each of which would compile all its modules anew.
const env = { NODE_COMPILE_CACHE: path.join(root, 'node_modules', '.cache', 'compiled'), ...process.env };
const { code } = await runChild(localNode, [...flags, jest, ...process.argv.slice(2)], { cwd: root, env });
process.exit(code);
