import path from 'node:path';
import { makeSecrets } from './make-secrets.mjs';
import { root } from './node-version.mjs';

// Compose takes them from .secrets; k8s/overlays/local has a folder of its own.
const folder = path.resolve(process.argv[2] ?? path.join(root, '.secrets'));
const made = makeSecrets(folder);
console.log(made.length > 0 ? `Made ${made.join(', ')} in ${folder}.` : `All secrets are in ${folder}.`);
