import { z } from 'zod';

/** Ids are UUIDs in lower case; to clients they are opaque. A username (at most 32 characters) never looks like one. */
export const idSchema = z.string().regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'Must be an id');

/** The nil UUID (RFC 9562, 5.9), for asking about nobody. */
export const nobodysId = '00000000-0000-0000-0000-000000000000';

/** A key that makes a send repeatable: `Idempotency-Key` or `clientMessageId`. */
export const clientMessageIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{16,64}$/, 'Must be 16 to 64 letters, digits, "_" or "-"');

/** RFC 3339, UTC, milliseconds. */
export const timeSchema = z.iso.datetime({ precision: 3 });

/** Every list's largest page, and its default. */
export const pageSize = { max: 200, default: 50 } as const;
