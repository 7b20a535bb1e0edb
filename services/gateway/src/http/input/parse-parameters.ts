import { NatterError } from '@natter/contracts';
import type { z } from 'zod';

/** Parses parameters, of which a fault names the one that is wrong: not by a pointer, which is for bodies. */
export function parseParameters<S extends z.ZodObject>(schema: S, values: unknown): z.output<S> {
  const result = schema.safeParse(values, {
    error: ({ code, input }) => (code === 'invalid_type' && input === undefined ? 'Is required' : undefined),
  });
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => ({ pointer: String(path[0]), message }));
  throw new NatterError('validation_failed', { faults });
}
