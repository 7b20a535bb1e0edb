import type { z } from 'zod';

/** Whether a request may come without what this schema describes. */
export function mayBeAbsent(schema: z.ZodType): boolean {
  return schema.safeParse(undefined).success;
}
