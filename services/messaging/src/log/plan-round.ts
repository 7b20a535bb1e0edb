import { type Conversation, evolve, seqAfter } from '../domain/conversation.ts';
import { type Entry, messageSeqOf } from '../domain/entry.ts';
import { evolveMessage, type Message } from '../domain/message.ts';
import type { State } from '../domain/state.ts';
import type { Command } from './command.ts';
import type { Pending } from './pending.ts';

/** What a lane knows when it decides. */
export interface Known {
  conversationId: string;
  conversation: Conversation | undefined;
  /** Those that the round is about, by seq. */
  messages: ReadonlyMap<number, Message>;
  /** Whether one of a direct conversation's two keeps the other off. */
  refused: boolean;
  at: Date;
}

/** A command that appends, and what it leaves behind. */
export interface Planned {
  pending: Pending;
  entries: readonly Entry[];
  conversation: Conversation;
  message: Message | undefined;
}

/** A command that appends nothing: there is nothing to do, or it is refused. */
export interface Unplanned {
  pending: Pending;
  message: Message | undefined;
  refusal?: unknown;
  /** Whether what it was decided on is in the log, and not only planned to be. */
  onLog: boolean;
}

export interface Plan {
  planned: Planned[];
  unplanned: Unplanned[];
}

/** Decides each command on the state that those before it leave. */
export function planRound(round: readonly Pending[], known: Known): Plan {
  const plan: Plan = { planned: [], unplanned: [] };
  let working: Working = known;
  for (const pending of round) {
    const message = working.messages.get(pending.command.about ?? 0);
    const onLog = plan.planned.length === 0;
    try {
      const state = { conversation: working.conversation, message, refused: known.refused };
      const entries = entriesOf(pending.command, state, known);
      working = entries.reduce(fold, working);
      if (entries.length === 0) plan.unplanned.push({ pending, message, onLog });
      else plan.planned.push({ pending, entries, ...leftBy(entries, working) });
    } catch (refusal) {
      plan.unplanned.push({ pending, message, refusal, onLog });
    }
  }
  return plan;
}

type Working = Pick<Known, 'conversation' | 'messages'>;

function entriesOf(command: Command, state: State, { conversationId, at }: Known): Entry[] {
  let { rev, seq } = state.conversation ?? { rev: 0, seq: 0 };
  return command.decide(state).map((draft) => {
    rev += 1;
    seq = seqAfter(seq, draft);
    const key = draft.id === command.id ? command.key : undefined;
    return { ...draft, conversationId, rev, seq, actorId: command.actorId, at, key };
  });
}

function fold({ conversation, messages }: Working, entry: Entry): Working {
  const seq = messageSeqOf(entry);
  return {
    conversation: evolve(conversation, entry),
    messages:
      seq === undefined ? messages : new Map(messages).set(seq, evolveMessage(messages.get(seq), entry)),
  };
}

function leftBy(entries: readonly Entry[], { conversation, messages }: Working) {
  const seq = messageSeqOf(entries.at(-1) as Entry);
  return { conversation: conversation as Conversation, message: messages.get(seq ?? 0) };
}
