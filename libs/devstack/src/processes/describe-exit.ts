import type { ProcessExit } from './supervised-process.ts';

/** For people. */
export function describeExit({ code, signal }: ProcessExit): string {
  if (signal !== null) return `was ended by ${signal}`;
  return code === null ? 'could not be started' : `ended with exit code ${code}`;
}
