import { z } from 'zod';

const reserved = new Set(
  'me all here everyone deleted system admin administrator root support natter'.split(' '),
);

const shape = /^(?=.*[A-Za-z])[A-Za-z0-9](?:[A-Za-z0-9._-]{0,30}[A-Za-z0-9])?$/;

/** What may be asked for in a path: any name that could be taken, in any case, folded to lower case. */
export const usernameSchema = z
  .string()
  .regex(
    shape,
    'Must be 1 to 32 letters, digits, ".", "_" or "-", with a letter, and begin and end with a letter or digit',
  )
  .transform((name) => name.toLowerCase());

/** What may be taken: a username that is not reserved. */
export const newUsernameSchema = usernameSchema.refine((name) => !reserved.has(name), 'Is reserved');
