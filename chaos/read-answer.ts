import type { Answer } from './question.ts';

/** The code of an answer that came whole and can't be read: no fault excuses it. */
export const malformed = 'malformed';

/** An answer that came to its end. */
export function readAnswer(status: number, content: string): Answer {
  if (content === '') return { status, code: undefined, body: undefined };
  try {
    const body: unknown = JSON.parse(content);
    return { status, code: codeOf(body), body };
  } catch {
    return { status: undefined, code: malformed, body: content };
  }
}

function codeOf(body: unknown): string | undefined {
  return typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : undefined;
}
