import { z } from 'zod';
import { idSchema, timeSchema } from '../ids.ts';

/** What an operator may want to know of later. */
export const auditKinds = [
  'account.created',
  'account.refused',
  'account.deleted',
  'account.disabled',
  'account.enabled',
  'invite.created',
  'keys.changed',
  'login.succeeded',
  'login.failed',
  'login.limited',
  'operator.command',
  'password.changed',
  'second_factor.enabled',
  'second_factor.disabled',
  'second_factor.recovery_used',
  'second_factor.wrong_code',
  'session.revoked',
  'session.reused_refresh_token',
] as const;

export type AuditKind = (typeof auditKinds)[number];

/** Something that happened to accounts, sessions or keys, or that the operator did to what is kept. Never holds a secret, nor text that a client typed. */
export const auditRecordSchema = z.object({
  id: idSchema,
  at: timeSchema,
  kind: z.enum(auditKinds),
  /** Who did it: whoever holds an account or wants to, the operator's command line, or the service by itself. */
  by: z.enum(['user', 'operator', 'service']),
  /** Of the account that it is about, where there is one: an unknown name that was typed may be a password. */
  userId: idSchema.optional(),
  username: z.string().optional(),
  sessionId: idSchema.optional(),
  /** The address of the client. */
  address: z.string().optional(),
  requestId: z.string().optional(),
  /** Why or how, in words of ours. */
  detail: z.string().optional(),
});

export type AuditRecord = z.infer<typeof auditRecordSchema>;
