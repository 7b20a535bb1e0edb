import { describe, expect, test } from '@jest/globals';
import { messagePageParameters, positionOf } from './page-parameters.ts';
import { parseParameters } from './parse-parameters.ts';

const parse = (query: Record<string, string>) => parseParameters(messagePageParameters, query);

describe('a limit', () => {
  test.each([
    [{}, 50],
    [{ limit: '1' }, 1],
    [{ limit: '200' }, 200],
    [{ limit: '201' }, 200],
    [{ limit: '99999999999999999999999' }, 200],
  ])('of %j is %i', (query, limit) => {
    expect(parse(query).limit).toBe(limit);
  });

  test.each(['0', '-1', '1.5', '1e2', '0x10', ' 1', '', 'ten', '١'])('of "%s" is refused', (limit) => {
    expect(() => parse({ limit })).toThrow(
      expect.objectContaining({ faults: [{ pointer: 'limit', message: 'Must be a positive integer' }] }),
    );
  });
});

describe('a position', () => {
  test.each([
    [{}, undefined],
    [{ before: '7' }, { before: 7 }],
    [{ after: '0' }, { after: 0 }],
    [{ around: '9007199254740991' }, { around: 9007199254740991 }],
  ])('of %j is %j', (query, position) => {
    expect(positionOf(parse(query))).toEqual(position);
  });

  test.each([
    [{ before: '0' }, 'before'],
    [{ around: '0' }, 'around'],
    [{ after: '-1' }, 'after'],
    [{ after: '9007199254740992' }, 'after'],
    [{ before: 'null' }, 'before'],
    [{ before: '1', after: '2' }, 'after'],
    [{ after: '1', around: '1' }, 'around'],
  ])('of %j is refused, naming the parameter', (query, pointer) => {
    expect(() => parse(query)).toThrow(
      expect.objectContaining({ code: 'validation_failed', faults: [expect.objectContaining({ pointer })] }),
    );
  });
});
