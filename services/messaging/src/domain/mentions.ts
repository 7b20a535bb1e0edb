import { maxMentions, NatterError } from '@natter/contracts';
import { type Conversation, isMember } from './conversation.ts';

// A username as contracts has it, after an @ that does not follow a word, an address or a path, and with no more of
// a word behind it. The marks that make an emoji of a sign are no part of a word.
const mention =
  /(?<![[\p{L}\p{M}\p{N}_.@\/\-]--[\u{fe0e}\u{fe0f}\u{20e3}]])@([A-Za-z0-9](?:[A-Za-z0-9._\-]{0,30}[A-Za-z0-9])?)(?![._\-]*[\p{L}\p{M}\p{N}@])/gv;

/** The usernames that a text calls, folded, each once, in the order in which they come. */
export function namesCalledIn(content: string): string[] {
  const names = [...content.matchAll(mention)].map(([, name = '']) => name.toLowerCase());
  return [...new Set(names)];
}

/**
 * Those of the called who are members; strangers' names stay text.
 *
 * @throws {NatterError} `validation_failed` when they are too many.
 */
export function mentionsIn(
  conversation: Pick<Conversation, 'members'>,
  calledIds: readonly string[],
): string[] {
  const mentions = calledIds.filter((id) => isMember(conversation, id));
  if (mentions.length <= maxMentions) return mentions;
  throw new NatterError('validation_failed', {
    faults: [{ pointer: '/content', message: `Must mention at most ${maxMentions} members` }],
  });
}
