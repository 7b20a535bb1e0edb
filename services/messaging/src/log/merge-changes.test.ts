import { expect, test } from '@jest/globals';
import type { Conversation } from '../domain/conversation.ts';
import type { Entry } from '../domain/entry.ts';
import type { Message } from '../domain/message.ts';
import { mergeChanges } from './merge-changes.ts';

const change = (id: string, rev: number, messageRevs: number[] = []) => ({
  conversation: { id, rev } as Conversation,
  entries: [{ id: `${id}${rev}` } as Entry],
  messages: messageRevs.map((messageRev) => ({ id: `${id}-message`, rev: messageRev }) as Message),
});

test('of the states of a conversation, and of a message, the latest is left, whatever their order', () => {
  const merged = mergeChanges([change('a', 3, [3]), change('b', 1), change('a', 2, [2]), change('a', 4)]);
  expect(merged.map(({ conversation, messages }) => [conversation, messages])).toEqual([
    [{ id: 'a', rev: 4 }, [{ id: 'a-message', rev: 3 }]],
    [{ id: 'b', rev: 1 }, []],
  ]);
});

test('no entry is left out', () => {
  const merged = mergeChanges([change('a', 2), change('b', 1), change('a', 3)]);
  expect(merged.flatMap(({ entries }) => entries.map(({ id }) => id))).toEqual(['a2', 'a3', 'b1']);
});
