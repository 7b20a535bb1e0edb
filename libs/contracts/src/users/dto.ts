import { z } from 'zod';
import { idSchema, timeSchema } from '../ids.ts';

export const userSchema = z.object({
  id: idSchema,
  username: z.string(),
  displayName: z.string(),
  created: timeSchema,
});

/** A user as everyone sees them. */
export type User = z.infer<typeof userSchema>;

/** Whether the others in a conversation see how far a user has read. */
export const receiptsSchema = z.enum(['shared', 'private']);

export type Receipts = z.infer<typeof receiptsSchema>;

export const ownUserSchema = userSchema.extend({
  receipts: receiptsSchema,
  /** Whether a log-in takes a code beside the password. */
  secondFactor: z.enum(['on', 'off']),
});

/** A user as they see themself. */
export type OwnUser = z.infer<typeof ownUserSchema>;

/** What is left of a user whose account is deleted. */
export const deletedUserSchema = z.object({
  id: idSchema,
  username: z.literal('deleted'),
  displayName: z.literal('deleted'),
  deleted: z.literal(true),
});

export const sessionSchema = z.object({
  id: idSchema,
  device: z.string().nullable(),
  created: timeSchema,
  lastUsed: timeSchema,
  current: z.boolean(),
});

/** One login of one device, as its user sees it. */
export type Session = z.infer<typeof sessionSchema>;

export const sessionGrantSchema = z.object({
  session: sessionSchema,
  user: userSchema,
  accessToken: z.string(),
  tokenType: z.literal('Bearer'),
  /** Seconds for which the access token is good. */
  expiresIn: z.int().positive(),
  refreshToken: z.string(),
});

/** What a client gets for its credentials. */
export type SessionGrant = z.infer<typeof sessionGrantSchema>;

/** A public key as RFC 7517 writes it. */
export const signingKeySchema = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  /** The key's thumbprint (RFC 7638). */
  kid: z.string(),
  alg: z.literal('ES256'),
  use: z.literal('sig'),
});

export type SigningKey = z.infer<typeof signingKeySchema>;
