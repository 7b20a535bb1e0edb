import { z } from 'zod';

/** Six digits of an app, or a recovery code, as typed. One that could never be right is wrong, not invalid. */
export const secondFactorCodeSchema = z.string().max(64);
