import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The key that signs access tokens (ES256; PKCS#8 PEM): made at the first start, kept with the data. */
export function signingKeyFile(dataFolder: string): string {
  const file = path.join(dataFolder, 'keys', 'signing-key.pem');
  if (existsSync(file)) return file;
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  writeFileSync(`${file}.next`, privateKey, { mode: 0o600 });
  renameSync(`${file}.next`, file);
  return file;
}
