import { describe, expect, it, test } from '@jest/globals';
import { NatterError } from '@natter/contracts';
import { parseQuery } from './parse-query.ts';

describe('a query', () => {
  test.each([
    ['/users', {}],
    ['/users?', {}],
    ['/users?a=1&b=2', { a: '1', b: '2' }],
    ['/users?a', { a: '' }],
    ['/users?q=a+b%20c', { q: 'a b c' }],
    ['/users?q=%F0%9F%98%80', { q: '😀' }],
    ['/users?q=a?b', { q: 'a?b' }],
  ])('of %s is read', (url, expected) => {
    expect(parseQuery(url)).toEqual(expected);
  });

  test.each([
    ['/users?a=1&a=2', 'a'],
    ['/users?a=1&a=1', 'a'],
    ['/users?a=1&%61=2', 'a'],
    ['/users?a[$ne]=', 'a[$ne]'],
    ['/users?a%5B%5D=1', 'a[]'],
  ])('of %s is refused, naming the parameter', (url, pointer) => {
    expect(() => parseQuery(url)).toThrow(NatterError);
    expect(() => parseQuery(url)).toThrow(
      expect.objectContaining({ code: 'validation_failed', faults: [expect.objectContaining({ pointer })] }),
    );
  });

  it('can hold what names mean to JavaScript', () => {
    const query = parseQuery('/?__proto__=x&constructor=y');
    expect(Object.entries(query)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });
});
