import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { Passwords } from '../domain/passwords.ts';
import type { HashingQueue } from './hashing-queue.ts';

/** argon2id with the library's defaults, which are OWASP's: 19 MiB, 2 passes, 1 lane. */
export async function createArgon2Passwords(queue: HashingQueue): Promise<Passwords> {
  const nobodysHash = await hash(randomBytes(32));
  return {
    hash: (password) => queue.run(() => hash(password)),
    verify: async (passwordHash, password) => {
      const right = await queue.run(() => verify(passwordHash ?? nobodysHash, password));
      return right && passwordHash !== undefined;
    },
  };
}
