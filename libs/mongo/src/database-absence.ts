import { isNotRun, isUnavailable } from './write-errors.ts';

/**
 * Whether an error means that the database could not be reached, or left in the middle: then whether surely nothing
 * was done. Undefined for every other error.
 */
export function databaseAbsence(error: unknown): 'nothing-done' | 'unknown' | undefined {
  if (!isUnavailable(error)) return undefined;
  return isNotRun(error) ? 'nothing-done' : 'unknown';
}
