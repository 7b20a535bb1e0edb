import { z } from 'zod';

/** *owner* does everything and alone changes roles; *admin* renames, adds, removes members; *member* talks. */
export const roleSchema = z.enum(['owner', 'admin', 'member']);

export type Role = z.infer<typeof roleSchema>;
