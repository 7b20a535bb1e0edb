import { errorTable, NatterError } from '@natter/contracts';

/** Shows what a write left behind. Whatever fails now must not say that nothing happened. */
export async function afterWrite<T>(showing: Promise<T>): Promise<T> {
  try {
    return await showing;
  } catch (error) {
    const settles = error instanceof NatterError && errorTable[error.code].status < 500;
    throw settles ? error : new NatterError('outcome_unknown', { cause: error });
  }
}
