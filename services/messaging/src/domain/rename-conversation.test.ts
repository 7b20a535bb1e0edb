import { describe, expect, it } from '@jest/globals';
import { answerOf, direct, group } from './_fixtures.ts';
import { decideRenameConversation } from './rename-conversation.ts';

const conversation = group({ olga: 'owner', adam: 'admin', mia: 'member' });

describe('decideRenameConversation', () => {
  it.each([
    ['olga', ['conversation.renamed']],
    ['adam', ['conversation.renamed']],
    ['mia', 'forbidden'],
    ['stranger', 'conversation_not_found'],
  ])('answers %s with %j', (actorId, answer) => {
    const command = { id: 'e1', actorId, title: 'Old friends' };
    expect(answerOf(() => decideRenameConversation({ conversation }, command))).toEqual(answer);
  });

  it('appends nothing where that is the title already', () => {
    const command = { id: 'e1', actorId: 'olga', title: 'Friends' };
    expect(decideRenameConversation({ conversation }, command)).toEqual([]);
  });

  it('appends the title', () => {
    const command = { id: 'e1', actorId: 'olga', title: 'friends' };
    expect(decideRenameConversation({ conversation }, command)).toEqual([
      { id: 'e1', type: 'conversation.renamed', data: { title: 'friends' } },
    ]);
  });

  it.each([
    ['a direct conversation', direct(), 'forbidden'],
    ['no conversation', undefined, 'conversation_not_found'],
  ])('renames nothing where there is %s', (_case, where, code) => {
    const command = { id: 'e1', actorId: 'alice', title: 'Us' };
    expect(answerOf(() => decideRenameConversation({ conversation: where }, command))).toBe(code);
  });
});
