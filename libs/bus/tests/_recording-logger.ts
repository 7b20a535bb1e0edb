import type { BusLogger } from '../src/index.ts';

interface Entry {
  level: keyof BusLogger;
  fields: object;
  message: string;
}

/** A logger whose lines a test can look at. */
export function recordingLogger(): BusLogger & { entries: Entry[]; count(message: string): number } {
  const entries: Entry[] = [];
  const log = (level: keyof BusLogger) => (fields: object, message: string) =>
    void entries.push({ level, fields, message });
  return {
    entries,
    count: (message) => entries.filter((entry) => entry.message.startsWith(message)).length,
    debug: log('debug'),
    info: log('info'),
    warn: log('warn'),
    error: log('error'),
  };
}
