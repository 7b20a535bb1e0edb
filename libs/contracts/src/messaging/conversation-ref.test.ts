import { expect, test } from '@jest/globals';
import * as contracts from '../index.ts';
import { conversationAffinity } from './conversation-ref.ts';

const id = '0198c0de-0000-7000-8000-000000000001';

test('a conversation named by its id has that in common with all that name it so', () => {
  expect(conversationAffinity({ conversation: { id } })).toBe(id);
  expect(conversationAffinity({ conversation: { id }, callerUsername: 'alice' })).toBe(id);
});

test('the two of a direct conversation, who name it by each other, have it in common', () => {
  const ofAlice = conversationAffinity({ conversation: { with: 'bob' }, callerUsername: 'alice' });
  const ofBob = conversationAffinity({ conversation: { with: 'alice' }, callerUsername: 'bob' });
  expect(ofAlice).toBe(ofBob);
  expect(conversationAffinity({ conversation: { with: 'carol' }, callerUsername: 'alice' })).not.toBe(
    ofAlice,
  );
});

test('where it is not known who else names it, there is nothing in common', () => {
  expect(conversationAffinity({ conversation: { with: 'bob' } })).toBeUndefined();
});

test('every write that appends to the log of a conversation says which one', () => {
  const { addReaction, deleteMessage, editMessage, removeMember, removeReaction } = contracts;
  const { renameConversation, sendMessage, setMember } = contracts;
  const appending = [addReaction, deleteMessage, editMessage, removeMember, removeReaction];
  for (const operation of [...appending, renameConversation, sendMessage, setMember]) {
    expect(operation.affinity?.({ conversation: { id } } as never)).toBe(id);
  }
});
