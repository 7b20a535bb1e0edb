import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { localNode, root } from './node-version.mjs';
import { npm, requireRegistry } from './npm.mjs';

/**
 * Brings node_modules to what package-lock.json says, and does nothing where it is so already.
 *
 * @returns {Promise<boolean>} whether something was installed.
 */
export async function install() {
  const fits = dependenciesFit();
  if (fits && existsSync(localNode)) return false;
  await requireRegistry();
  // Of all the packages' install scripts we need one: that of `node`, which fetches Node 24.
  if (!fits) await npm('Installing the dependencies', ['ci', '--ignore-scripts']);
  await npm('Fetching Node 24', ['rebuild', 'node']);
  return true;
}

/** Compares the lock file with npm's own record of what it has put into node_modules. */
function dependenciesFit() {
  const installed = readPackages('node_modules/.package-lock.json');
  if (installed === undefined) return false;
  return Object.entries(readPackages('package-lock.json')).every(
    ([location, wanted]) => location === '' || wanted.optional || isSame(wanted, installed[location]),
  );
}

function isSame(wanted, found) {
  return found !== undefined && found.version === wanted.version && found.integrity === wanted.integrity;
}

function readPackages(file) {
  const absolute = path.join(root, file);
  return existsSync(absolute) ? JSON.parse(readFileSync(absolute, 'utf8')).packages : undefined;
}
