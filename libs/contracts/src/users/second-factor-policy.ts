import { z } from 'zod';

/** Whether a second factor is each user's choice, or nobody does anything without one. */
export const secondFactorPolicySchema = z.enum(['optional', 'required']);

export type SecondFactorPolicy = z.infer<typeof secondFactorPolicySchema>;
