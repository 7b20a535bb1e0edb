import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { commonSettings, databaseSettings, parseConfig } from './config.ts';

const schema = z.object({ ...commonSettings, ...databaseSettings('users') });

const strong = {
  NODE_ENV: 'production',
  NATS_URL: 'nats://users:0f6c1d2e3a4b@nats:4222',
  MONGODB_URL: 'mongodb://users:9e8d7c6b5a4f@one,two/?replicaSet=rs',
};

/** The lines of the message without its first, which says only that there are faults. */
function faultsOf(environment: Record<string, string>): string[] {
  try {
    parseConfig(schema, environment);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').slice(1);
  }
}

const nats = (NATS_URL: string) => faultsOf({ ...strong, NATS_URL });
const mongo = (MONGODB_URL: string) => faultsOf({ ...strong, MONGODB_URL });

test('in production good credentials do', () => {
  expect(faultsOf(strong)).toEqual([]);
});

test('in production both servers must be named, with credentials', () => {
  expect(faultsOf({ NODE_ENV: 'production' })).toEqual([
    '  NATS_URL: Must hold credentials in production',
    '  MONGODB_URL: Must hold credentials in production',
  ]);
});

test.each(['development', 'test', ''])('nothing of it is asked for in "%s"', (NODE_ENV) => {
  expect(faultsOf({ NODE_ENV, NATS_URL: 'nats://users:x@nats', MONGODB_URL: 'mongodb://one' })).toEqual([]);
});

const noCredentials = 'Must hold credentials in production';
const short = 'Must have a password of at least 12 characters in production';
const example = "Must not have an example's password in production";

test.each([
  ['nats://nats:4222', noCredentials],
  ['nats://users:short@nats', short],
  ['nats://short@nats', short],
  ['nats://users:0f6c%402@nats', short],
  ['nats://one,nats://users:change-me-now@two', example],
  ['nats://users:natter-password@nats', example],
])('in production the URL of NATS %s is refused for one reason', (url, reason) => {
  expect(nats(url)).toEqual([`  NATS_URL: ${reason}`]);
});

test.each([
  ['mongodb://one', noCredentials],
  ['mongodb://users@one', noCredentials],
  ['mongodb://users:short@one', short],
  ['mongodb+srv://users:example-value@one.example', example],
])('in production the URL of MongoDB %s is refused for one reason', (url, reason) => {
  expect(mongo(url)).toEqual([`  MONGODB_URL: ${reason}`]);
});

test('in production a certificate does in place of a password of MongoDB', () => {
  expect(mongo('mongodb://one/?authMechanism=MONGODB-X509&tls=true')).toEqual([]);
});

test.each(['nats://', 'http://nats', 'nats://a,', 'nats://a:port', 'nats://u:%zz@a'])(
  '%s is no URL of NATS',
  (url) => {
    expect(nats(url)).toEqual(['  NATS_URL: Must be nats://… or tls://…, several with commas between']);
  },
);

test.each(['mongodb://', 'mongo://one', 'mongodb://u:%zz@one', 'one:27017'])(
  '%s is no URL of MongoDB',
  (url) => {
    expect(mongo(url)).toEqual(['  MONGODB_URL: Must be a URL of MongoDB: mongodb://… or mongodb+srv://…']);
  },
);

test('what is no certificate and no key is told, and not quoted', () => {
  const faults = faultsOf({ NATS_TLS_CA: 'secret', NATS_TLS_CERT: 'secret', NATS_TLS_KEY: 'secret' });
  expect(faults).toEqual([
    '  NATS_TLS_CA: Must be certificates in PEM',
    '  NATS_TLS_CERT: Must be certificates in PEM',
    '  NATS_TLS_KEY: Must be a private key in PEM, not encrypted',
  ]);
});

test('a certificate without its key is a fault', () => {
  expect(faultsOf({ NATS_TLS_KEY: 'a key' })).toContain(
    '  NATS_TLS_CERT: Must be set together with its other half',
  );
});
