import { describe, expect, it, test } from '@jest/globals';
import { agreedKey, idempotencyHeaders } from './idempotency-key.ts';
import { parseParameters } from './parse-parameters.ts';

const key = 'k'.repeat(16);
const parse = (header?: string) =>
  parseParameters(idempotencyHeaders, { 'Idempotency-Key': header })['Idempotency-Key'];

describe('an Idempotency-Key', () => {
  test.each([
    [undefined, undefined],
    [key, key],
    [`"${key}"`, key],
    ['A-Z_09azA-Z_09azA-Z_09azA-Z_09azA-Z_09azA-Z_09azA-Z_09azA-Z_09az', expect.any(String)],
  ])('%j is read as %j', (header, expected) => {
    expect(parse(header)).toEqual(expected);
  });

  test.each([
    '',
    '""',
    'short',
    'k'.repeat(65),
    `"${key}`,
    `""${key}""`,
    `${key}, ${key}`,
    `${key}.`,
    `${key}é`,
  ])('%j is refused', (header) => {
    expect(() => parse(header)).toThrow(
      expect.objectContaining({ faults: [expect.objectContaining({ pointer: 'Idempotency-Key' })] }),
    );
  });

  it('may come in the header, in the body, or the same in both', () => {
    expect(agreedKey(key, undefined)).toBe(key);
    expect(agreedKey(undefined, key)).toBe(key);
    expect(agreedKey(key, key)).toBe(key);
    expect(agreedKey(undefined, undefined)).toBeUndefined();
  });

  it('is refused where header and body differ', () => {
    expect(() => agreedKey(key, 'x'.repeat(16))).toThrow(
      expect.objectContaining({ faults: [expect.objectContaining({ pointer: '/clientMessageId' })] }),
    );
  });
});
