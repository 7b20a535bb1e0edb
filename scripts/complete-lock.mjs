import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { completePackages } from './lock-completion.mjs';
import { root } from './node-version.mjs';

const file = path.join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const { packages, added } = completePackages(lock.packages);

if (added.length === 0) {
  console.log('package-lock.json names every optional dependency.');
} else if (process.argv.includes('--check')) {
  console.error(
    `package-lock.json lacks ${added.length} optional dependencies, "npm ci" will refuse it elsewhere:`,
  );
  console.error(added.map((place) => `  ${place}`).join('\n'));
  console.error('Run "npm run lock" and commit the lock file.');
  process.exitCode = 1;
} else {
  writeFileSync(file, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
  console.log(`Added ${added.length} optional dependencies to package-lock.json.`);
}
