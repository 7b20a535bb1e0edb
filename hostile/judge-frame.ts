import { errorTable, isErrorCode } from '@natter/contracts';
import type { Frame } from '../services/gateway/tests/_socket-user.ts';
import type { HostileFrame } from './hostile-frame.ts';
import { internals, isSame } from './judge-answer.ts';
import { sendUntilDecided } from './send.ts';

/** Refusals for want of a processor: asking again helps. */
export const isUndecidedFrame = (answer: Frame | undefined): boolean => statusOf(answer) > 500;

const statusOf = (answer: Frame | undefined): number => {
  const code = answer?.error?.code;
  return isErrorCode(code) ? errorTable[code].status : 200;
};

/** What is wrong with the answer to a frame; nothing where all is well. */
export function faultsOfFrame(frame: HostileFrame, answer: Frame): string[] {
  const faults: string[] = [];
  if (statusOf(answer) >= 500) faults.push(`answered ${JSON.stringify(answer)}`);
  const isRepeated = frame.ref === undefined || answer.ref === frame.ref;
  const mayBeUnread = answer.type === 'error' && answer.ref === null;
  if (!isRepeated && !mayBeUnread) faults.push(`answered with the ref ${JSON.stringify(answer.ref)}`);
  if (internals.test(JSON.stringify(answer.error ?? ''))) {
    faults.push(`tells of what is inside: ${JSON.stringify(answer.error)}`);
  }
  return faults;
}

/** Whether it is the text of a message that was taken. */
export const isTakenText = (frame: HostileFrame, answer: Frame): boolean =>
  frame.content !== undefined && answer.type === 'ok';

/** Whether a text that was taken is given again as it was, in the answer and when somebody reads it over HTTP. */
export async function unfaithfulContent(
  url: string,
  authorization: string,
  frame: HostileFrame,
  answer: Frame,
): Promise<string[]> {
  const { content } = frame;
  if (content === undefined || answer.type !== 'ok') return [];
  const { conversationId, seq } = answer.data;
  const path = `/api/v1/conversations/${String(conversationId)}/messages/${String(seq)}`;
  const request = { method: 'GET', path, headers: { authorization }, body: undefined };
  const { status, text } = await sendUntilDecided(url, request);
  const read: unknown = status === 200 ? JSON.parse(text).content : undefined;
  return [answer.data['content'], read]
    .filter((got) => !isSame(content, got))
    .map((got) => `${JSON.stringify(content)} was given as ${JSON.stringify(got)} (${status})`);
}
