import { describe, expect, it, test } from '@jest/globals';
import { maxJsonDepth, maxJsonNames, parseJson } from './parse-json.ts';

const nested = (levels: number, open = '[', close = ']') => open.repeat(levels) + close.repeat(levels);

const objectOf = (names: number) =>
  `{${Array.from({ length: names }, (_, index) => `"n${index}":0`).join(',')}}`;

const objects = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

const message = (text: string) => {
  try {
    parseJson(text);
    return 'none';
  } catch (error) {
    const { code, faults } = error as { code: string; faults?: { message: string }[] };
    return faults?.[0]?.message ?? code;
  }
};

describe('JSON of a body', () => {
  test.each([
    '"a \\" { [ : \\\\"',
    '{"a":"{{{{[[[[::::","b\\"":["\\\\",{"a":1}],"":{}}',
    '[{"a":1},{"a":1}]',
    '{"a":{"a":{"a":1}}}',
    '{"__proto__":{"a":1},"constructor":1}',
    ' { "a" : [ 1 , true , null ] } ',
    '[["n"]]',
    nested(maxJsonDepth),
    objects(maxJsonDepth),
    objectOf(maxJsonNames),
    `"${nested(9_000)}"`,
  ])('%s is what JSON.parse makes of it', (text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  it('makes no prototype of a name', () => {
    const value = parseJson('{"__proto__":{"admin":true}}') as { admin?: boolean };
    expect([Object.getPrototypeOf(value), value.admin]).toEqual([Object.prototype, undefined]);
  });

  test.each([
    ['lists', nested(maxJsonDepth + 1)],
    ['objects', objects(maxJsonDepth + 1)],
    ['lists in objects', `${'{"a":['.repeat(9)}${']}'.repeat(9)}`],
    ['lists that overflow a stack', nested(30_000)],
    ['lists that do not end', '['.repeat(60_000)],
  ])('is refused where it is too deep: %s', (_what, text) => {
    expect(message(text)).toBe('Must be nested at most 16 deep');
  });

  test.each([
    ['in one object', objectOf(maxJsonNames + 1)],
    ['in many objects', `[${Array.from({ length: maxJsonNames + 1 }, () => '{"a":1}').join(',')}]`],
    ['of one name', `{${Array.from({ length: 5_000 }, () => '"a":1').join(',')}}`],
  ])('is refused where it has too many names: %s', (_what, text) => {
    expect(message(text)).toBe('Must have at most 200 names');
  });

  test.each([
    '{"a":1,"a":1}',
    '{"a":1,"\\u0061":2}',
    '[{"b":{"a":1,"c":[],"a":{"d":1}}}]',
    '{"__proto__":1,"__proto__":2}',
    '{"":1,"":2}',
  ])('%s is refused: a name comes twice', (text) => {
    expect(message(text)).toBe('Must have no name twice in one object');
  });

  test.each(['', '{', '{"a":1}}', '{"a" "b"}', '"a', '{a:1}', "{'a':1}", '01', 'NaN', '\ufeff1', '[1,]'])(
    '%j is malformed',
    (text) => {
      expect(message(text)).toBe('malformed_json');
    },
  );
});
