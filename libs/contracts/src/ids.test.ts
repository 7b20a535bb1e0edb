import { expect, test } from '@jest/globals';
import { clientMessageIdSchema, idSchema, timeSchema } from './ids.ts';

test('an id is a UUID in lower case', () => {
  const id = '0198c0de-1234-7abc-8def-0123456789ab';
  expect(idSchema.parse(id)).toBe(id);
});

test.each([
  ['upper case', '0198C0DE-1234-7ABC-8DEF-0123456789AB'],
  ['no dashes', '0198c0de12347abc8def0123456789ab'],
  ['braces', '{0198c0de-1234-7abc-8def-0123456789ab}'],
  ['a letter beyond f', '0198c0dg-1234-7abc-8def-0123456789ab'],
  ['a line break at the end', '0198c0de-1234-7abc-8def-0123456789ab\n'],
  ['an object of a query', { $ne: null }],
])('an id with %s is refused', (_, value) => {
  expect(idSchema.safeParse(value).success).toBe(false);
});

test.each(['x'.repeat(16), 'x'.repeat(64), 'AZaz09_-AZaz09_-'])('%s is a client message id', (key) => {
  expect(clientMessageIdSchema.parse(key)).toBe(key);
});

test.each([
  ['15 characters', 'x'.repeat(15)],
  ['65 characters', 'x'.repeat(65)],
  ['a blank', 'AZaz09_- AZaz09_-'],
  ['a dot', 'AZaz09_-.AZaz09_-'],
  ['a letter that is not ASCII', 'é'.repeat(16)],
  ['a line break at the end', `${'x'.repeat(16)}\n`],
])('a client message id of %s is refused', (_, key) => {
  expect(clientMessageIdSchema.safeParse(key).success).toBe(false);
});

test('a time is UTC with milliseconds, as Date writes it', () => {
  const time = new Date(0).toISOString();
  expect(timeSchema.parse(time)).toBe(time);
});

test.each([
  '1970-01-01T00:00:00Z',
  '1970-01-01T01:00:00.000+01:00',
  '1970-01-01',
  '1970-02-30T00:00:00.000Z',
])('%s is no time', (time) => {
  expect(timeSchema.safeParse(time).success).toBe(false);
});
