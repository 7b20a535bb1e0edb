import type { MongoLogger } from '../src/index.ts';

/** A logger whose messages a test can look at. */
export function recordingLogger(): MongoLogger & { messages: string[] } {
  const messages: string[] = [];
  const log = (_: object, message: string) => void messages.push(message);
  return { messages, info: log, warn: log };
}
