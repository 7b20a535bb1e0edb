import { createPrivateKey } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { makeSecrets } from './make-secrets.mjs';

const modeOf = (file) => statSync(file).mode & 0o777;

describe('the secrets of docker compose', () => {
  let folder;
  let umask;

  beforeEach(() => {
    umask = process.umask(0o077);
    folder = path.join(mkdtempSync(path.join(tmpdir(), 'natter-secrets-')), 'secrets');
  });
  afterEach(() => {
    process.umask(umask);
    rmSync(path.dirname(folder), { recursive: true });
  });

  const read = (name) => readFileSync(path.join(folder, name), 'utf8');
  const readAll = () => Object.fromEntries(readdirSync(folder).map((name) => [name, read(name)]));

  test('are all that docker-compose.yml names', () => {
    const named = readFileSync('docker-compose.yml', 'utf8').matchAll(/file: \.secrets\/(\S+)/g);
    expect(makeSecrets(folder).toSorted()).toEqual([...named].map(([, name]) => name).toSorted());
    expect(readdirSync(folder).toSorted()).toEqual([...makeSecrets(`${folder}-2`)].toSorted());
  });

  test('lie where nobody else comes, and can be read by whom a container shows them to', () => {
    makeSecrets(folder);
    expect(modeOf(folder)).toBe(0o700);
    for (const name of readdirSync(folder)) expect(modeOf(path.join(folder, name))).toBe(0o444);
  });

  test('stay as they are', () => {
    makeSecrets(folder);
    const before = readAll();
    expect(makeSecrets(folder)).toEqual([]);
    expect(readAll()).toEqual(before);
  });

  test('are the same for a service and for its server, also when one is made anew', () => {
    makeSecrets(folder);
    const { 'nats-passwords.env': before } = readAll();
    rmSync(path.join(folder, 'gateway-nats-url'));
    expect(makeSecrets(folder)).toEqual(['gateway-nats-url', 'nats-passwords.env']);
    const { password } = new URL(read('gateway-nats-url'));
    expect(before).not.toContain(password);
    expect(read('nats-passwords.env')).toBe(before.replace(/(?<=NATS_GATEWAY_PASSWORD=).*/, password));
  });

  test('are what those who read them take', () => {
    makeSecrets(folder);
    for (const name of ['signing-key.pem', 'next-signing-key.pem']) {
      expect(createPrivateKey(read(name)).asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    }
    expect(read('next-signing-key.pem')).not.toBe(read('signing-key.pem'));
    // MongoDB wants 6 to 1,024 characters of Base64.
    expect(read('mongodb-keyfile')).toMatch(/^[A-Za-z0-9+/=]{600,1024}\n$/);
    for (const name of ['nats-passwords.env', 'mongodb-passwords.env']) {
      expect(read(name)).toMatch(/^([A-Z_]+_PASSWORD=p[0-9a-f]{48}\n)+$/);
    }
  });

  test('are put back to nobody else reading the folder', () => {
    makeSecrets(folder);
    chmodSync(folder, 0o755);
    makeSecrets(folder);
    expect(modeOf(folder)).toBe(0o700);
  });
});
