import { expect, test } from '@jest/globals';
import { derivedId } from './derived-id.ts';

test('a derived id is the same for the same, and stays what it was', () => {
  expect(derivedId('hello')).toBe(derivedId('hello'));
  expect(derivedId('hello')).toBe('2cf24dba-5fb0-830e-a6e8-3b2ac5b9e29e');
});

test.each(['', 'a', 'b', 'c', 'd', 'hello'])(
  'the id that is derived from %j is a UUID of version 8',
  (from) => {
    expect(derivedId(from)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  },
);
