import { NatterError } from '@natter/contracts';
import type { RequestOutcome } from '../bus-observer.ts';

/** Tells `ended` how the work ends. */
export async function observe<T>(
  ended: (outcome: RequestOutcome) => void,
  work: () => Promise<T>,
): Promise<T> {
  try {
    const result = await work();
    ended('ok');
    return result;
  } catch (error) {
    ended(error instanceof NatterError ? error.code : 'internal');
    throw error;
  }
}
