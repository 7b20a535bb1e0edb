import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const natsUsers = ['gateway', 'users', 'messaging', 'operator'];
const mongoUsers = ['users', 'messaging'];

/**
 * Makes what docker-compose.yml names as secrets, as far as it is not there yet.
 *
 * @returns {string[]} the names of the files that were made.
 */
export function makeSecrets(folder) {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  const made = [];
  const write = (name, text) => {
    made.push(name);
    writeSecret(path.join(folder, name), text);
  };
  const keep = (name, make) => {
    const file = path.join(folder, name);
    if (!existsSync(file)) write(name, `${make()}\n`);
    return readFileSync(file, 'utf8').trim();
  };
  for (const name of ['signing-key.pem', 'next-signing-key.pem']) keep(name, makeSigningKey);
  keep('mongodb-keyfile', () => randomBytes(512).toString('base64'));
  keep('mongodb-root-password', makePassword);
  const natsPasswords = natsUsers.map((user) => {
    const url = keep(`${user}-nats-url`, () => `nats://${user}:${makePassword()}@nats:4222`);
    return `NATS_${user.toUpperCase()}_PASSWORD=${new URL(url).password}`;
  });
  const mongoPasswords = mongoUsers.map((user) => {
    const url = keep(`${user}-mongodb-url`, () => makeMongoUrl(user));
    return `MONGODB_${user.toUpperCase()}_PASSWORD=${new URL(url).password}`;
  });
  // The same once more, as the servers take it.
  const forServers = { 'nats-passwords.env': natsPasswords, 'mongodb-passwords.env': mongoPasswords };
  for (const [name, lines] of Object.entries(forServers)) {
    const text = lines.join('\n');
    if (keep(name, () => text) !== text) write(name, `${text}\n`);
  }
  return made;
}

/** Nobody else comes into the folder; the users of the containers, who see the file alone, may read it. */
function writeSecret(file, text) {
  writeFileSync(`${file}.next`, text, { mode: 0o600 });
  chmodSync(`${file}.next`, 0o444);
  renameSync(`${file}.next`, file);
}

/** Begins with a letter, since nats-server takes what looks like a number for one. */
function makePassword() {
  return `p${randomBytes(24).toString('hex')}`;
}

function makeMongoUrl(user) {
  return `mongodb://${user}:${makePassword()}@mongodb:27017/${user}?replicaSet=natter`;
}

/** What signs access tokens (ES256; PKCS#8 PEM). */
function makeSigningKey() {
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return privateKey.trim();
}
