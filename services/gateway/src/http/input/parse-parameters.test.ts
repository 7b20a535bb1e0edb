import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { parseParameters } from './parse-parameters.ts';

test('a parameter that is wanted and absent is said to be required', () => {
  expect(() => parseParameters(z.object({ q: z.string() }), {})).toThrow(
    expect.objectContaining({ faults: [{ pointer: 'q', message: 'Is required' }] }),
  );
});
