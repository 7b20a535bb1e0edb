import { z } from 'zod';

/** Who may make an account: everyone, whoever has an invite of the operator's, or nobody but the operator. */
export const registrationPolicySchema = z.enum(['open', 'invite', 'closed']);

export type RegistrationPolicy = z.infer<typeof registrationPolicySchema>;
