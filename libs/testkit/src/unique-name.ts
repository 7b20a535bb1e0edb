import { randomBytes } from 'node:crypto';

/** A name that no other test has: good as a subject prefix and as a database. */
export function uniqueName(): string {
  return `test_${randomBytes(8).toString('hex')}`;
}
