import type { z } from 'zod';

/** Enough to recognise it by. */
const quotedCharacters = 60;

/** In the `params` of an issue: the part of a setting that is at fault, and no secret. */
export const faulty = (part: string) => ({ faulty: part });

/**
 * A fault of a setting in words of whoever sets it: what it must be, and what it is.
 *
 * @param given what it is; undefined where it is not set.
 * @param isFromFile what comes from a file is never repeated: it may be the wrong file.
 */
export function describeIssue(
  issue: z.core.$ZodIssue,
  given: string | undefined,
  isFromFile: boolean,
): string {
  const allowed = issue.code === 'invalid_value' ? `Must be ${alternatives(issue.values)}` : issue.message;
  if (given === undefined) return `${allowed}; it is not set`;
  const part = faultyPart(issue, given);
  return part === undefined || isFromFile || hasCredentials.test(part)
    ? allowed
    : `${allowed}; not ${quote(part)}`;
}

const hasCredentials = /:\/\/.*@/;

/** Issues of what has few values, or is a number: none of it is a secret. */
const harmless: ReadonlySet<string> = new Set(['invalid_value', 'too_small', 'too_big']);

/** Undefined where it may be a secret. What fits a pattern is none. */
function faultyPart(issue: z.core.$ZodIssue, given: string): string | undefined {
  if (issue.code === 'custom') return issue.params?.['faulty'];
  if (issue.code === 'invalid_format') return issue.format === 'regex' ? given : undefined;
  return harmless.has(issue.code) ? given : undefined;
}

const alternatives = (values: readonly unknown[]) =>
  new Intl.ListFormat('en', { type: 'disjunction' }).format(values.map(String));

const quote = (text: string) =>
  JSON.stringify(text.length > quotedCharacters ? `${text.slice(0, quotedCharacters)}…` : text);
