import { clientMessageIdSchema, NatterError } from '@natter/contracts';
import { z } from 'zod';
import { exampleKey } from '../openapi/examples.ts';

/** Bare, or in quotes as a structured field (RFC 9651) has it. */
const idempotencyKeySchema = z
  .string()
  .transform((value) => /^"(.*)"$/.exec(value)?.[1] ?? value)
  .pipe(clientMessageIdSchema)
  .optional()
  .meta({
    type: 'string',
    pattern: '^(?:[A-Za-z0-9_-]{16,64}|"[A-Za-z0-9_-]{16,64}")$',
    description: 'Makes the request repeatable: 16 to 64 of A–Z a–z 0–9 _ -, bare or in quotes',
    example: exampleKey,
  });

export const idempotencyHeaders = z.object({ 'Idempotency-Key': idempotencyKeySchema });

/** For the document. */
export const replayedHeader = {
  'Idempotent-Replayed': '`true` where the key was seen before: nothing was done anew',
};

export const replayedHeaders = (replayed: boolean) => ({
  ...(replayed && { 'Idempotent-Replayed': 'true' }),
});

/** The key of a send, which may come in the header, in the body, or the same in both. */
export function agreedKey(header: string | undefined, body: string | undefined): string | undefined {
  if (header !== undefined && body !== undefined && header !== body) {
    const message = 'Must be the same as the Idempotency-Key';
    throw new NatterError('validation_failed', { faults: [{ pointer: '/clientMessageId', message }] });
  }
  return header ?? body;
}
