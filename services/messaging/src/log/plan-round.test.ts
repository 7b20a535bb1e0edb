import { describe, expect, it } from '@jest/globals';
import { NatterError } from '@natter/contracts';
import { direct, later, message } from '../domain/_fixtures.ts';
import type { EntryDraft } from '../domain/entry.ts';
import type { State } from '../domain/state.ts';
import { edit, react } from './_commands.ts';
import { send } from './_fixtures.ts';
import type { Command } from './command.ts';
import { Pending } from './pending.ts';
import { type Known, planRound } from './plan-round.ts';

const known: Known = {
  conversationId: 'c1',
  conversation: direct({ rev: 4, seq: 3 }),
  messages: new Map([[1, message()]]),
  refused: false,
  at: later,
};

const plan = (commands: readonly Command[], over: Partial<Known> = {}) =>
  planRound(
    commands.map((command) => new Pending(command, 0)),
    { ...known, ...over },
  );

const deciding = (decide: (state: State) => EntryDraft[], about?: number): Command => ({
  ...send(),
  about,
  decide,
});

const refusing = (error: Error) =>
  deciding(() => {
    throw error;
  });

describe('planRound', () => {
  it('puts what each command appends behind what is there', () => {
    const { planned } = plan([send(), react(1, '👍'), send()]);
    const numbers = planned.flatMap(({ entries }) => entries).map(({ rev, seq, type }) => [rev, seq, type]);
    expect(numbers).toEqual([
      [5, 4, 'message.sent'],
      [6, 4, 'reaction.added'],
      [7, 5, 'message.sent'],
    ]);
  });

  it('gives entries their conversation, actor and time', () => {
    const [only] = plan([send({ actorId: 'bob' })]).planned;
    expect(only?.entries).toMatchObject([{ conversationId: 'c1', actorId: 'bob', at: later }]);
  });

  it('gives the key to the last entry of a command only', () => {
    const [founding] = plan([send({ key: 'k1' })], { conversation: undefined }).planned;
    expect(founding?.entries.map(({ rev, seq, key }) => [rev, seq, key?.clientMessageId])).toEqual([
      [1, 0, undefined],
      [2, 1, 'k1'],
    ]);
  });

  it('founds a conversation once', () => {
    const { planned } = plan([send(), send()], { conversation: undefined });
    expect(planned.map(({ entries }) => entries.length)).toEqual([2, 1]);
  });

  it('says what each command leaves behind', () => {
    const { planned } = plan([edit(1, 'one'), edit(1, 'two'), send()]);
    expect(planned.map((each) => [each.conversation.rev, each.conversation.seq])).toEqual([
      [5, 3],
      [6, 3],
      [7, 4],
    ]);
    expect(planned.map((each) => [each.message?.seq, each.message?.rev, each.message?.content])).toEqual([
      [1, 5, 'one'],
      [1, 6, 'two'],
      [4, 7, 'hello'],
    ]);
  });

  it('shows a command the message that it is about, and none to one that is about none', () => {
    const seen: State[] = [];
    const watch = (about?: number) =>
      deciding((state) => {
        seen.push(state);
        return [];
      }, about);
    plan([watch(1), watch(2), watch()], { refused: true });
    expect(seen).toEqual([
      { conversation: known.conversation, message: message(), refused: true },
      { conversation: known.conversation, message: undefined, refused: true },
      { conversation: known.conversation, message: undefined, refused: true },
    ]);
  });

  it('sets aside what appends nothing, with the message that it found', () => {
    const { planned, unplanned } = plan([edit(1, 'hello')]);
    expect(planned).toEqual([]);
    expect(unplanned).toMatchObject([{ message: message(), onLog: true }]);
    expect(unplanned[0]?.refusal).toBeUndefined();
  });

  it('sets aside what is refused, for whatever reason, and goes on', () => {
    const refusals = [new NatterError('forbidden'), new TypeError('broken')];
    const { planned, unplanned } = plan([...refusals.map(refusing), send()]);
    expect(unplanned.map(({ refusal }) => refusal)).toEqual(refusals);
    expect(planned).toMatchObject([{ entries: [{ rev: 5 }] }]);
  });

  it('knows which answers rest on the log alone', () => {
    const nothing = deciding(() => []);
    const refused = refusing(new NatterError('forbidden'));
    const { unplanned } = plan([nothing, refused, nothing, send(), nothing, refused]);
    expect(unplanned.map(({ onLog }) => onLog)).toEqual([true, true, true, false, false]);
  });

  it('leaves what was known as it was', () => {
    plan([send(), edit(1, 'hello!')]);
    expect(known.conversation).toEqual(direct({ rev: 4, seq: 3 }));
    expect([...known.messages]).toEqual([[1, message()]]);
  });
});
