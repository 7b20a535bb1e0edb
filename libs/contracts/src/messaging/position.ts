import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { epochSchema } from './dto.ts';

/** Milliseconds since the epoch, by the clock of messaging's database. */
const moment = z.int().nonnegative();

/** Of conversations that changed lately: the rev up to which their entries were given. */
const revs = z.record(idSchema, z.int().nonnegative());

/**
 * Up to where a client has been told what changed for it: everything that was there `at` that moment, and of some
 * conversations up to a later rev. A cursor is a position, sealed for one user.
 */
export const positionSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('changes'),
    epoch: epochSchema,
    at: moment,
    revs,
    /**
     * In the middle of several pages, which began at another moment: those that changed up to here have been given as
     * they were then or later.
     */
    beyond: z.object({ began: moment, changed: moment, id: idSchema }).optional(),
  }),
  /** In the middle of a snapshot that began `at` that moment; `beyond` is the conversation given last. */
  z.object({
    kind: z.literal('snapshot'),
    epoch: epochSchema,
    at: moment,
    revs,
    beyond: z.object({ active: moment, id: idSchema }),
  }),
]);

export type Position = z.infer<typeof positionSchema>;

/** A position that live entries can be added to. */
export type LivePosition = Extract<Position, { kind: 'changes' }>;
