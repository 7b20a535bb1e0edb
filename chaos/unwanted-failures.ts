import type { Figures } from './figures.ts';
import { malformed } from './read-answer.ts';
import type { Scenario } from './scenarios.ts';

/** A client may be told to try again, or that it is not known, and may lose its connection, but in no other way. */
const wanted = new RegExp(`^(503|504|no answer) (?!${malformed})`);

/** The kinds of answers that clients should not have had. */
export function unwantedFailures(
  { failures }: Pick<Figures, 'failures'>,
  { noticeable }: Pick<Scenario, 'noticeable'>,
): string[] {
  return [...failures]
    .filter(([kind]) => !noticeable || !wanted.test(kind))
    .map(([kind, times]) => `${times} × ${kind}`);
}
