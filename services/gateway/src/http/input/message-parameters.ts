import { emojiSchema, NatterError } from '@natter/contracts';
import { z } from 'zod';
import { conversationParameter } from './reference-parameters.ts';

/** `/messages/{seq}`. What can't be a seq isn't wrong: there is no such message. */
const seqParameter = z
  .string()
  .transform((text) => {
    const seq = /^[1-9]\d*$/.test(text) ? Number(text) : Number.NaN;
    if (!Number.isSafeInteger(seq)) throw new NatterError('message_not_found');
    return seq;
  })
  .meta({ type: 'integer', minimum: 1, description: "The message's number in the conversation", example: 7 });

export const messageParameters = z.object({ conversation: conversationParameter, seq: seqParameter });

// Behind a plain string, for the document: the pattern of an emoji is none that JSON Schema has.
const emojiParameter = z.string().pipe(emojiSchema).meta({
  description: 'One emoji, percent-encoded, in its full form (`RGI_Emoji` of UTS #51)',
  example: '👍',
});

export const reactionParameters = messageParameters.extend({ emoji: emojiParameter });
