import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** From this major on Node runs our TypeScript sources as they are. */
const requiredMajor = 24;

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** The Node that the package `node` of our lock file brings, whatever the machine has. */
export const localNode = path.join(root, 'node_modules', 'node', 'bin', 'node');

export function nodeFits() {
  return Number(process.versions.node.split('.')[0]) >= requiredMajor;
}
