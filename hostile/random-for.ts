import { createHash } from 'node:crypto';
import { Random } from '../services/messaging/src/simulation/random.ts';

/** Seeds that follow each other give numbers that are much alike; hashes of them don't. */
export function randomFor(seed: number, what: string | number): Random {
  return new Random(createHash('sha256').update(`${seed} ${what}`).digest().readInt32LE());
}
