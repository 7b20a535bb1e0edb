import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { NatterError } from './errors.ts';
import { parseOrFail } from './validation.ts';

function failureOf(schema: z.ZodType, input: unknown): NatterError {
  try {
    parseOrFail(schema, input);
  } catch (error) {
    if (error instanceof NatterError) return error;
    throw error;
  }
  throw new Error('it was parsed');
}

const pointersOf = (schema: z.ZodType, input: unknown) =>
  failureOf(schema, input).faults?.map(({ pointer }) => pointer);

test('what fits is returned as the schema makes it', () => {
  expect(parseOrFail(z.strictObject({ n: z.string().transform(Number) }), { n: '7' })).toEqual({ n: 7 });
});

test('every fault is named, by pointer', () => {
  const schema = z.strictObject({
    title: z.string('Must be text'),
    members: z.array(z.object({ name: z.string('Must be text') })),
  });
  const error = failureOf(schema, { title: 1, members: [{ name: 'a' }, { name: 2 }] });
  expect(error.code).toBe('validation_failed');
  expect(error.faults).toEqual([
    { pointer: '/title', message: 'Must be text' },
    { pointer: '/members/1/name', message: 'Must be text' },
  ]);
});

test('unknown fields are named, each by itself, beside other faults', () => {
  const schema = z.strictObject({ to: z.strictObject({ id: z.string() }) });
  expect(pointersOf(schema, { to: { id: 1, x: 1, y: 1 }, z: 1 })).toEqual(['/to/id', '/to/x', '/to/y', '/z']);
  expect(failureOf(schema, { to: { id: 'a' }, z: 1 }).faults).toEqual([
    { pointer: '/z', message: 'Unknown field' },
  ]);
});

test('an own field called __proto__ is unknown too', () => {
  expect(pointersOf(z.strictObject({}), JSON.parse('{"__proto__":{}}'))).toEqual(['/__proto__']);
});

test('"~" and "/" in names are escaped as RFC 6901 asks', () => {
  expect(pointersOf(z.strictObject({}), { 'a/b': 1, 'm~n': 1, '~1': 1, '': 1 })).toEqual([
    '/a~1b',
    '/m~0n',
    '/~01',
    '/',
  ]);
  expect(pointersOf(z.object({ 'a~/b': z.string() }), {})).toEqual(['/a~0~1b']);
});

test.each([undefined, null, [], 'text', 7])('%p in place of an object is a fault of the whole', (input) => {
  expect(pointersOf(z.strictObject({}), input)).toEqual(['']);
});
