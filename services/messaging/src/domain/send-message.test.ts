import { describe, expect, it } from '@jest/globals';
import { maxMentions } from '@natter/contracts';
import { answerOf, at, direct, faultsOf, group, message } from './_fixtures.ts';
import { bodyHashOf, decideSendMessage, type SendMessage } from './send-message.ts';
import type { State } from './state.ts';

const command: SendMessage = {
  messageId: 'm4',
  conversationId: 'c1',
  actorId: 'alice',
  content: 'hello',
  replyTo: null,
  calledIds: [],
};

const founding = { ...command, founders: ['alice', 'bob'] };

const answer = (state: State, over: Partial<SendMessage> = {}) =>
  answerOf(() => decideSendMessage(state, { ...command, ...over }));

describe('decideSendMessage', () => {
  it('sends to a conversation that is there', () => {
    expect(decideSendMessage({ conversation: direct() }, founding)).toEqual([
      {
        id: 'm4',
        type: 'message.sent',
        data: { messageId: 'm4', content: 'hello', replyTo: null, mentions: [] },
      },
    ]);
  });

  it('lets a plain member speak in a group', () => {
    const conversation = group({ olga: 'owner', alice: 'member' });
    expect(answer({ conversation })).toEqual(['message.sent']);
  });

  it('founds a direct conversation by its first message', () => {
    const [created, sent] = decideSendMessage({ conversation: undefined }, founding);
    const members = ['alice', 'bob'].map((id) => ({ id, role: 'member' }));
    expect(created).toEqual({
      id: 'c1',
      type: 'conversation.created',
      data: { kind: 'direct', title: null, members },
    });
    expect(sent).toMatchObject({ id: 'm4', type: 'message.sent' });
  });

  it('founds nothing where nobody is named to', () => {
    expect(answer({ conversation: undefined })).toBe('conversation_not_found');
  });

  it('hides the conversation from whoever is no member, founder or not, kept off or not', () => {
    const stranger = { actorId: 'carol', founders: ['alice', 'carol'] };
    expect(answer({ conversation: direct() }, stranger)).toBe('conversation_not_found');
    expect(answer({ conversation: direct(), refused: true }, stranger)).toBe('conversation_not_found');
  });

  it('says nothing to whom it is kept off from, whether they have spoken before or not', () => {
    expect(answer({ conversation: direct(), refused: true })).toBe('forbidden');
    expect(answer({ conversation: undefined, refused: true }, founding)).toBe('forbidden');
  });

  it.each([
    ['that is there', message(), ['message.sent']],
    ['that is not there', undefined, 'validation_failed'],
    ['that was deleted', message({ deleted: at }), 'message_deleted'],
  ])('answers to a message %s with %j', (_case, answered, expected) => {
    expect(answer({ conversation: direct(), message: answered }, { replyTo: 1 })).toEqual(expected);
  });

  it('keeps what it replies to', () => {
    const state = { conversation: direct(), message: message({ seq: 2 }) };
    expect(decideSendMessage(state, { ...command, replyTo: 2 })).toMatchObject([{ data: { replyTo: 2 } }]);
  });

  it('says that the reply is at fault where there is nothing to reply to', () => {
    const first = { ...founding, replyTo: 1 };
    expect(faultsOf(() => decideSendMessage({ conversation: undefined }, first))).toEqual(['/replyTo']);
  });

  it('mentions the called who are members, and founders too', () => {
    const calledIds = ['bob', 'stranger', 'alice'];
    const mentioning = [{ data: { mentions: ['bob', 'alice'] } }];
    expect(decideSendMessage({ conversation: direct() }, { ...command, calledIds })).toMatchObject(
      mentioning,
    );
    const [, first] = decideSendMessage({ conversation: undefined }, { ...founding, calledIds });
    expect([first]).toMatchObject(mentioning);
  });

  it('mentions so many members and no more, whatever number of strangers is called', () => {
    const ids = Array.from({ length: maxMentions + 1 }, (_, index) => `u${index}`);
    const members = Object.fromEntries(['alice', ...ids].map((id) => [id, 'member' as const]));
    const conversation = group(members);
    const strangers = ids.map((id) => `not-${id}`);
    expect(answer({ conversation }, { calledIds: [...strangers, ...ids.slice(1)] })).toEqual([
      'message.sent',
    ]);
    expect(answer({ conversation }, { calledIds: ids })).toBe('validation_failed');
    expect(faultsOf(() => decideSendMessage({ conversation }, { ...command, calledIds: ids }))).toEqual([
      '/content',
    ]);
  });
});

describe('bodyHashOf', () => {
  it('differs where the content or the message answered to does', () => {
    const bodies = [command, { ...command, content: 'hello!' }, { ...command, replyTo: 1 }];
    expect(new Set(bodies.map(bodyHashOf)).size).toBe(3);
  });

  it('is the same for another attempt', () => {
    const again: SendMessage = { ...command, messageId: 'm5', calledIds: ['bob'] };
    expect(bodyHashOf(again)).toBe(bodyHashOf(command));
  });
});
