import { describe, expect, it } from '@jest/globals';
import { NatterError } from '@natter/contracts';
import type { Conversation } from './conversation.ts';
import { bodyHashOf, decideSendMessage, type SendMessage } from './send-message.ts';

const command: SendMessage = {
  messageId: 'm1',
  conversationId: 'c1',
  actorId: 'alice',
  content: 'hello',
  replyTo: null,
};

const conversation: Conversation = {
  id: 'c1',
  kind: 'direct',
  title: null,
  members: [
    { id: 'alice', role: 'member' },
    { id: 'bob', role: 'member' },
  ],
  rev: 4,
  seq: 3,
  updated: new Date(0),
};

const codeOf = (decide: () => unknown): string => {
  try {
    decide();
  } catch (error) {
    if (error instanceof NatterError) return error.code;
    throw error;
  }
  return 'none';
};

describe('decideSendMessage', () => {
  it('sends to a conversation that is there', () => {
    expect(decideSendMessage(conversation, command).map(({ type }) => type)).toEqual(['message.sent']);
  });

  it('founds a direct conversation by its first message', () => {
    const [created, sent] = decideSendMessage(undefined, { ...command, founders: ['alice', 'bob'] });
    expect(created).toMatchObject({ id: 'c1', type: 'conversation.created', data: { kind: 'direct' } });
    expect(sent).toMatchObject({ id: 'm1', type: 'message.sent' });
  });

  it('founds nothing where nobody is named to', () => {
    expect(codeOf(() => decideSendMessage(undefined, command))).toBe('conversation_not_found');
  });

  it('hides the conversation from whoever is no member, founder or not', () => {
    const stranger = { ...command, actorId: 'carol', founders: ['alice', 'carol'] };
    expect(codeOf(() => decideSendMessage(conversation, stranger))).toBe('conversation_not_found');
  });

  it.each([
    [1, 'none'],
    [3, 'none'],
    [4, 'validation_failed'],
  ])('answers to message %i of 3 with %s', (replyTo, code) => {
    expect(codeOf(() => decideSendMessage(conversation, { ...command, replyTo }))).toBe(code);
  });
});

describe('bodyHashOf', () => {
  it('differs where the content or the message answered to does', () => {
    const bodies = [command, { ...command, content: 'hello!' }, { ...command, replyTo: 1 }];
    expect(new Set(bodies.map(bodyHashOf)).size).toBe(3);
  });

  it('is the same for another attempt', () => {
    const again: SendMessage = { ...command, messageId: 'm2' };
    expect(bodyHashOf(again)).toBe(bodyHashOf(command));
  });
});
