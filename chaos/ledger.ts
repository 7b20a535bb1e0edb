import type { Message } from '@natter/contracts';
import { type Answer, succeeded } from './question.ts';

/** One message that somebody wanted to send, and what they were told. */
export interface Send {
  readonly conversation: string;
  /** No two are the same. */
  readonly content: string;
  /** With one it was repeated until it was known. */
  readonly key: string | undefined;
  readonly answers: Answer[];
}

export function acknowledgementOf({ answers }: Send): Message | undefined {
  return answers.find(succeeded)?.body as Message | undefined;
}

/** Whether the sender may take it that nothing was stored: told so by every answer. */
export function isKnownNotStored({ answers }: Send): boolean {
  return answers.every(({ status, code }) => {
    if (status === undefined) return code === 'ECONNREFUSED';
    return status >= 400 && status !== 500 && status !== 504;
  });
}
