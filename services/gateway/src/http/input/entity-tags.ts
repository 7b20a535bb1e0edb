import { editMessage } from '@natter/contracts';
import { z } from 'zod';

/** A strong entity tag of a message: it changes with every entry that changes the message. */
export const entityTagOf = ({ rev }: { rev: number }): string => `"${rev}"`;

/** For the document. */
export const entityTagHeader = { ETag: 'Of the message as it is now' };

const tag = String.raw`(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"`;

/** RFC 9110, 8.8.3 and 13.1.1. */
const tagList = new RegExp(String.raw`^${tag}(?:[ \t]*,[ \t]*${tag})*$`);

const ifMatchSchema = z
  .string()
  .refine((value) => value === '*' || tagList.test(value), 'Must be * or a list of entity tags')
  .transform((value) => (value === '*' ? undefined : revsOf(value)))
  .pipe(editMessage.request.shape.ifRev)
  .optional()
  .meta({
    type: 'string',
    description: 'Only if the `ETag` of the message is still one of these; `*` is any',
    example: '"8"',
  });

export const ifMatchHeaders = z.object({ 'If-Match': ifMatchSchema });

/** What Express heeds wherever an answer has an `ETag`; it is named here for the document. */
export const ifNoneMatchHeaders = z.object({
  'If-None-Match': z.string().optional().meta({
    description: 'An `ETag` that is at hand: where it still holds, the answer is 304',
    example: '"8"',
  }),
});

/** Weak tags never match (RFC 9110, 8.8.3.2), nor do those that we never gave. */
function revsOf(list: string): number[] {
  return [...list.matchAll(/(W\/)?"([^"]*)"/g)]
    .filter(([, weak, text = '']) => weak === undefined && /^[1-9]\d*$/.test(text))
    .map(([, , text]) => Number(text))
    .filter(Number.isSafeInteger);
}
