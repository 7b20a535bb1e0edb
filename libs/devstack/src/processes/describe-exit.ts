import type { ProcessExit } from './supervised-process.ts';

const sentByOthers = new Set<NodeJS.Signals | null>(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP']);

/** Whether somebody else ended it, or the system for want of memory: of that the program has nothing to say. */
export function wasKilled({ signal }: Pick<ProcessExit, 'signal'>): boolean {
  return sentByOthers.has(signal);
}

/** For people. */
export function describeExit({ code, signal }: ProcessExit): string {
  if (wasKilled({ signal })) return `was killed by a signal (${signal})`;
  if (signal !== null) return `was ended by ${signal}`;
  return code === null ? 'could not be started' : `ended with exit code ${code}`;
}
