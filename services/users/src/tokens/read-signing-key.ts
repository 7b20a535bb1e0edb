import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** @throws an error that names the file where it is not there or holds no private P-256 key. */
export function readSigningKey(file: string): KeyObject {
  const key = parsePrivateKey(file, readFileSync(file, 'utf8'));
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new Error(`The key in ${file} is not on the curve P-256`);
  }
  return key;
}

function parsePrivateKey(file: string, pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    // OpenSSL's reason says nothing that helps, and might quote the file.
    throw new Error(`${file} holds no private key in PEM (PKCS#8, not encrypted)`);
  }
}
