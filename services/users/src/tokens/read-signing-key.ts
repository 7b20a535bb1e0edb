import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readSettingFile } from '@natter/platform';

/** @throws an error that names the file where it is not there or holds no private P-256 key. */
export function readSigningKey(file: string): KeyObject {
  const key = parsePrivateKey(file, readSettingFile(file));
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
