import {
  type ConversationRef,
  type ErrorCode,
  type getUser,
  idSchema,
  NatterError,
  type RequestOf,
  usernameSchema,
} from '@natter/contracts';
import { z } from 'zod';

/** `/conversations/{conversation}`: by id, or by the username of whom it is with. */
export const conversationParameter = z
  .string()
  .transform(
    (text): ConversationRef =>
      looksLikeId(text)
        ? { id: parseOr('conversation_not_found', idSchema, text) }
        : { with: parseOr('user_not_found', usernameSchema, text) },
  )
  .meta({
    type: 'string',
    description: 'The id of a conversation, or a username: the direct conversation with that user',
    example: 'bob',
  });

/** `/users/{user}`. */
export const userParameter = z
  .string()
  .transform(
    (text): RequestOf<typeof getUser> =>
      looksLikeId(text)
        ? { id: parseOr('user_not_found', idSchema, text) }
        : { username: parseOr('user_not_found', usernameSchema, text) },
  )
  .meta({ type: 'string', description: 'A username or an id', example: 'bob' });

/** `/blocks/{username}`. */
export const usernameParameter = z
  .string()
  .transform((text) => parseOr('user_not_found', usernameSchema, text))
  .meta({ type: 'string', description: 'A username', example: 'bob' });

/** Usernames have at most 32 characters. */
function looksLikeId(text: string): boolean {
  return text.length === 36;
}

/** What can't be a name or an id isn't wrong: it is nowhere to be found. */
function parseOr<S extends z.ZodType>(code: ErrorCode, schema: S, text: string): z.output<S> {
  const result = schema.safeParse(text);
  if (!result.success) throw new NatterError(code);
  return result.data;
}
