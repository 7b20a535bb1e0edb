import { NatterClientError } from '@natter/client';
import type { Conversation, Message } from '@natter/contracts';
import type { Answer } from '../_client.ts';
import type { Person } from './people.ts';

export const conversations = '/api/v1/conversations';

/** The route of a conversation, by its id or by the username of the other. */
export const at = (reference: string | null) => `${conversations}/${reference}`;

export const reactionTo = (message: string, emoji: string) =>
  `${message}/reactions/${encodeURIComponent(emoji)}`;

/** The status, and of an error its code too. */
export function outcomeOf({ status, body }: Answer): string {
  const code = (body as { code?: string } | undefined)?.code;
  return code === undefined ? `${status}` : `${status} ${code}`;
}

/** What a request by the SDK fails with; undefined where it succeeds. */
export async function codeOf(request: Promise<unknown>): Promise<string | undefined> {
  try {
    await request;
    return undefined;
  } catch (error) {
    if (error instanceof NatterClientError) return error.code;
    throw error;
  }
}

export const contentsOf = (answer: Answer) =>
  (answer.body as { data: Message[] }).data.map(({ content }) => content);

/** @returns the route of the group. */
export async function createGroup(
  { api }: Pick<Person, 'api'>,
  ...members: { username: string }[]
): Promise<string> {
  const usernames = members.map(({ username }) => username);
  const answer = await api.post(conversations, { title: 'Garden', members: usernames });
  return at((answer.body as Conversation).id);
}
