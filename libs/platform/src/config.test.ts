import path from 'node:path';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { ConfigError, commonSettings, databaseSettings, integerSetting, parseConfig } from './config.ts';

test('settings that are not set have their defaults', () => {
  expect(parseConfig(z.object({ ...commonSettings, ...databaseSettings('users') }), {})).toEqual({
    LOG_LEVEL: 'info',
    NATS_URL: 'nats://127.0.0.1:4222',
    NATS_PREFIX: 'natter',
    OTEL_TRACES_SAMPLER_ARG: 1,
    ADMIN_HOST: '127.0.0.1',
    ADMIN_PORT: 0,
    MONGODB_URL: 'mongodb://127.0.0.1:27017',
    MONGODB_DATABASE: 'users',
  });
});

test('an empty variable counts as not set', () => {
  const schema = z.object({ A: z.string().default('a'), B: z.string().optional() });
  expect(parseConfig(schema, { A: '', B: '', A_FILE: '' })).toEqual({ A: 'a' });
});

test('variables that the schema does not name are left out', () => {
  expect(parseConfig(z.object({ A: z.string() }), { A: 'a', PATH: '/bin' })).toEqual({ A: 'a' });
});

const parse = (settings: z.ZodRawShape, environment: Record<string, string>) => () =>
  parseConfig(z.object(settings), environment);

test('every fault is named in one message, a line each', () => {
  const faulty = parse(commonSettings, { LOG_LEVEL: 'loud', NATS_PREFIX: 'a.b', ADMIN_PORT: '65536' });
  expect(faulty).toThrow(ConfigError);
  expect(faulty).toThrow(
    /^The settings are not valid:\n {2}LOG_LEVEL: .+\n {2}NATS_PREFIX: .+\n {2}ADMIN_PORT: .+$/,
  );
});

test.each([
  ['LOG_LEVEL', 'loud', 'Must be trace, debug, info, warn, error, fatal, or silent; not "loud"'],
  ['NATS_PREFIX', 'a.b', 'Must be 1 to 40 letters, digits, "_" or "-"; not "a.b"'],
  ['ADMIN_PORT', '65536', 'Must be a whole number from 0 to 65535; not "65536"'],
  ['ADMIN_PORT', 'a\nb', 'Must be a whole number from 0 to 65535; not "a\\nb"'],
  ['ADMIN_PORT', 'x'.repeat(61), `Must be a whole number from 0 to 65535; not "${'x'.repeat(60)}…"`],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'u:secret@host', 'Must be an http:// or https:// URL'],
])('%s says what it must be, and that it is not %j', (name, value, fault) => {
  const message = `The settings are not valid:\n  ${name}: ${fault}`;
  expect(parse(commonSettings, { [name]: value })).toThrow(new ConfigError(message));
});

test('what must be set and is not is told so', () => {
  const settings = { KEY: z.string('Must be a key') };
  expect(parse(settings, {})).toThrow('  KEY: Must be a key; it is not set');
});

test('what a file holds is not repeated, since it may be the wrong file', () => {
  const file = path.join(import.meta.dirname, '../package.json');
  const message = 'The settings are not valid:\n  ADMIN_PORT_FILE: Must be a whole number from 0 to 65535';
  expect(parse(commonSettings, { ADMIN_PORT_FILE: file })).toThrow(new ConfigError(message));
});

test.each([
  ['/nowhere/at/all', 'The file /nowhere/at/all is not there'],
  [import.meta.dirname, `The file ${import.meta.dirname} is a folder`],
  ['mongodb://natter:secret@host', 'Must be the path of a file, and does not look like one'],
  ['-----BEGIN PRIVATE KEY-----\nsecret', 'Must be the path of a file, and does not look like one'],
  ['MIGHAgEAMBMGByqGSM49secret'.repeat(8), 'Must be the path of a file, and does not look like one'],
])('the file %j is refused in words, and never for a secret', (MONGODB_URL_FILE, fault) => {
  const message = `The settings are not valid:\n  MONGODB_URL_FILE: ${fault}`;
  expect(parse(databaseSettings('users'), { MONGODB_URL_FILE })).toThrow(new ConfigError(message));
});

test('a fault does not repeat the value, which may be a secret', () => {
  const faulty = parse(databaseSettings('users'), { MONGODB_URL: 'mongo://natter:secret@host' });
  expect(faulty).toThrow('MONGODB_URL');
  expect(faulty).not.toThrow('secret');
});

test.each(['nat.ter', 'nat>', 'nat ter', '*', 'x'.repeat(41)])('%s is no prefix of subjects', (prefix) => {
  expect(parse(commonSettings, { NATS_PREFIX: prefix })).toThrow('NATS_PREFIX');
});

test.each([
  ['1', 1],
  ['10', 10],
  ['010', 10],
])('%s is an integer from 1 to 10', (text, value) => {
  expect(integerSetting(1, 10).parse(text)).toBe(value);
});

test.each(['0', '11', '-1', '+1', '1.5', '1e1', '0x1', ' 1', '1 ', '', 'one', '1'.repeat(16)])(
  '"%s" is no integer from 1 to 10, for one reason',
  (text) => {
    expect(integerSetting(1, 10).safeParse(text).error?.issues).toHaveLength(1);
  },
);
