import { describe, expect, it, test } from '@jest/globals';
import { type ErrorCode, errorTable, NatterError } from '@natter/contracts';
import { problemOf, problemSchema, toNatterError } from './problem.ts';

const codes = Object.keys(errorTable) as ErrorCode[];

describe('a problem', () => {
  test.each(codes)('of %s says what the table says', (code) => {
    const { status, title, retryable } = errorTable[code];
    const problem = problemOf(new NatterError(code), 'r-1');
    expect(problem).toEqual({
      type: `urn:natter:error:${code}`,
      title,
      status,
      detail: title,
      code,
      requestId: 'r-1',
      retryable,
    });
    expect(problemSchema.parse(problem)).toEqual(problem);
  });

  test.each(codes.filter((code) => [401, 404, 500].includes(errorTable[code].status)))(
    'of %s keeps the detail to itself',
    (code) => {
      const told = problemOf(new NatterError(code, { detail: 'bob has blocked you' }), 'r-1');
      expect(told).toEqual(problemOf(new NatterError(code), 'r-1'));
    },
  );

  it('tells the detail of what the caller may know', () => {
    expect(problemOf(new NatterError('forbidden', { detail: 'Owners only' }), 'r-1').detail).toBe(
      'Owners only',
    );
  });

  it('names at most 50 faults', () => {
    const faults = Array.from({ length: 60 }, (_, index) => ({
      pointer: `/${index}`,
      message: 'Unknown field',
    }));
    const { errors } = problemOf(new NatterError('validation_failed', { faults }), 'r-1');
    expect(errors).toEqual(faults.slice(0, 50));
  });

  it('of anything unforeseen is internal and tells nothing', () => {
    const problem = problemOf(toNatterError(new Error('password of the database')), 'r-1');
    expect(problem.code).toBe('internal');
    expect(JSON.stringify(problem)).not.toContain('password');
  });
});
