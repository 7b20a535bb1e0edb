import { z } from 'zod';
import { defineBucket } from '../bucket.ts';

const dayMs = 24 * 60 * 60 * 1_000;

/** How often a password was tried for somebody, or by an address, without being right; times by the wall clock. */
export const passwordAttempts = defineBucket({
  bucket: 'password-attempts',
  keeper: 'users',
  usedBy: ['gateway'],
  value: z.strictObject({ count: z.int().nonnegative(), last: z.number() }),
  keepMs: dayMs,
  keepMost: 200_000,
});

/** When the wrong passwords of an address are forgotten, by the wall clock in milliseconds. */
export const addressAttempts = defineBucket({
  bucket: 'address-attempts',
  keeper: 'users',
  usedBy: ['gateway'],
  value: z.strictObject({ wholeAt: z.number() }),
  keepMs: dayMs,
  keepMost: 200_000,
});

/** From where somebody has logged in. */
export const knownDevices = defineBucket({
  bucket: 'known-devices',
  keeper: 'users',
  usedBy: ['gateway'],
  value: z.strictObject({}),
  keepMs: 90 * dayMs,
  keepMost: 1_000_000,
});
