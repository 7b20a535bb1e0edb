import type { EntryOf, MessageChange } from '../domain/entry.ts';
import type { ArchivedEntry, LogArchive } from '../domain/log-archive.ts';
import { evolveMessage, type Message, sentMessage } from '../domain/message.ts';
import type { Folded } from './judge.ts';

/** A message as it is kept, and as its log has it. */
export interface MessageReading {
  /** Where no state of its own is kept beside it, a message is as it was sent. */
  kept: Message;
  /** After each entry that is about it. */
  states: readonly Message[];
  /** Of the entry that last changed what it says. */
  spokenRev: number;
  /** Where its texts still are, though it was deleted. */
  textLeftAt: readonly number[];
}

type ArchivedMessage = ArchivedEntry & { entry: EntryOf<'message.sent'> };

/** Reads the messages that a part of a log sends, with all that changed them since. */
export async function readMessages(
  log: LogArchive,
  conversationId: string,
  part: readonly ArchivedEntry[],
): Promise<MessageReading[]> {
  const sent = part.filter((one): one is ArchivedMessage => one.entry.type === 'message.sent');
  if (sent.length === 0) return [];
  const seqs = sent.map(({ entry }) => entry.seq);
  const changes = await log.changesOf(conversationId, seqs);
  return sent.map((one) => readMessage(one, changes.get(one.entry.seq) ?? []));
}

function readMessage({ entry, current }: ArchivedMessage, about: readonly MessageChange[]): MessageReading {
  const states = [sentMessage(entry)];
  const changes = about.filter(({ rev }) => rev > entry.rev);
  for (const change of changes) states.push(evolveMessage(states.at(-1), change));
  const texts = [entry, ...changes.filter((change) => change.type === 'message.edited')];
  const deletion = changes.find(({ type }) => type === 'message.deleted');
  return {
    kept: { ...sentMessage(entry), ...current },
    states,
    spokenRev: (deletion ?? texts.at(-1) ?? entry).rev,
    textLeftAt: deletion ? texts.filter(({ data }) => data.content !== '').map(({ rev }) => rev) : [],
  };
}

/** What its log says of a message, where it is kept and at the end. */
export function foldedMessage({ kept, states }: MessageReading): Folded<Message> {
  return { at: states.find(({ rev }) => rev === kept.rev), head: states.at(-1) };
}
