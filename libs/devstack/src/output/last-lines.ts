import { readFileSync } from 'node:fs';

/** The end of a log file, to be shown when its server has died. */
export function lastLines(file: string, count: number): string[] {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count);
}
