import type { NatterError } from '@natter/contracts';

/** So often that a replica of two that is never asked is one chance in thousands. */
const times = 16;

/** Asks so often that every replica is asked. */
export const askAll = <T>(ask: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, ask));

/** The code that a call failed with, or `done`. */
export const outcomeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: unknown) => (error as NatterError).code,
  );

/** The different outcomes of a call at all replicas. */
export const outcomesOf = async (ask: () => Promise<unknown>): Promise<string[]> => [
  ...new Set(await askAll(() => outcomeOf(ask()))),
];
