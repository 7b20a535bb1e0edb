import path from 'node:path';
import { makeSecrets } from './make-secrets.mjs';
import { root } from './node-version.mjs';

const folder = path.join(root, '.secrets');
const made = makeSecrets(folder);
console.log(made.length > 0 ? `Made ${made.join(', ')} in ${folder}.` : `All secrets are in ${folder}.`);
