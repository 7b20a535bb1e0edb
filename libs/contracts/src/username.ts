import { z } from 'zod';
import { usernameSkeletonOf } from './username-skeleton.ts';

/** Words with a meaning of their own, in paths and in texts. */
const reservedWords = ['me', 'all', 'here'];

/** Who speaks for the server, or seems to. */
const reservedRoles = 'everyone deleted system admin administrator root support natter'.split(' ');

const reserved = new Set([...reservedWords, ...reservedRoles]);

/** Not of the words: "ali", which is many people's name, could be taken for "all". */
const reservedSkeletons = new Set(reservedRoles.map(usernameSkeletonOf));

const shape = /^(?=.*[A-Za-z])[A-Za-z0-9](?:[A-Za-z0-9._-]{0,30}[A-Za-z0-9])?$/;

/** What may be asked for in a path: any name that could be taken, in any case, folded to lower case. */
export const usernameSchema = z
  .string()
  .regex(
    shape,
    'Must be 1 to 32 letters, digits, ".", "_" or "-", with a letter, and begin and end with a letter or digit',
  )
  .transform((name) => name.toLowerCase());

/** What may be taken: a username that is not reserved, and can't be taken for a reserved role. */
export const newUsernameSchema = usernameSchema.refine(
  (name) => !reserved.has(name) && !reservedSkeletons.has(usernameSkeletonOf(name)),
  'Is reserved',
);
