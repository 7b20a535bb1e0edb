import { entrySchema, presenceSchema, receiptSchema, typingSchema } from '@natter/contracts';
import { z } from 'zod';
import { problemSchema } from '../../http/problem.ts';
import type { Command } from './commands.ts';

/** What an answer repeats, so that the client knows what it answers. */
export const refSchema = z.union([z.string().max(64), z.int()]);

const answeredRef = z
  .union([refSchema, z.null()])
  .meta({ description: 'That of the frame which is answered; null where it had none that could be read' });

const cursorSchema = z
  .string()
  .meta({ description: 'A cursor: everything up to and including this frame was told' });

/** A token is a few hundred bytes. */
const maxTokenLength = 8_192;

export const authFrameSchema = z.strictObject({
  type: z.literal('auth'),
  ref: refSchema.optional(),
  data: z.strictObject({
    token: z.string().max(maxTokenLength).meta({ description: 'An access token, as after `Bearer`' }),
    after: z.string().optional().meta({ description: 'The cursor to resume from; without it, from now' }),
  }),
});

export const pingFrameSchema = z.strictObject({
  type: z.literal('ping'),
  ref: refSchema.optional(),
  data: z.strictObject({}).optional(),
});

/** What asks for the same as a route takes what that route takes, in its path and in its body. */
export function commandFrameSchema({ type, route }: Command) {
  const body = route.body instanceof z.ZodObject ? route.body.shape : {};
  return z.strictObject({
    type: z.literal(type),
    ref: refSchema.optional(),
    data: z.strictObject({ ...route.params?.shape, ...body }),
  });
}

/** The answer to what was done, by what its `data` is. */
export const okFrameSchema = <S extends z.ZodType>(data: S) =>
  z.object({ type: z.literal('ok'), ref: answeredRef, data });

export const errorFrameSchema = z.object({
  type: z.literal('error'),
  ref: answeredRef,
  error: problemSchema,
  retryAfter: z
    .int()
    .positive()
    .optional()
    .meta({ description: 'Seconds after which the same frame may succeed' }),
});

/** Entries as they come live, one schema for each type. */
export const entryFrameSchemas = entrySchema.options.map((entry) =>
  z.object({ type: entry.shape.type, id: cursorSchema.optional(), data: entry }),
);

/** What passes: these have no cursor. */
export const receiptFrameSchema = z.object({ type: z.literal('receipt'), data: receiptSchema });
export const typingFrameSchema = z.object({ type: z.literal('typing'), data: typingSchema });
export const presenceFrameSchema = z.object({ type: z.literal('presence'), data: presenceSchema });

export const cursorFrameSchema = z.object({
  type: z.literal('cursor'),
  id: cursorSchema,
  data: z.object({}),
});

export const resetFrameSchema = z.object({
  type: z.literal('reset'),
  id: cursorSchema,
  data: z.object({}),
});
