import type { ArchivedEntry } from '../domain/log-archive.ts';
import { type SearchedMessage, searchedMessage } from '../domain/search-archive.ts';
import type { Archives } from './archives.ts';
import { type Judgement, judge } from './judge.ts';
import type { MessageReading } from './message-reading.ts';

export interface SearchJudgement extends Judgement {
  message: MessageReading;
  /** Where the search stands. */
  keptRev: number | undefined;
}

/** Compares what messages are found by, which was read first, with what they say. Reactions it need not follow. */
export function judgeSearch(
  found: ReadonlyMap<number, SearchedMessage>,
  messages: readonly MessageReading[],
): SearchJudgement[] {
  return messages.map((message) => {
    const kept = found.get(message.kept.seq);
    return { message, keptRev: kept?.rev, ...judgeOne(kept, message) };
  });
}

function judgeOne(kept: SearchedMessage | undefined, { states, spokenRev }: MessageReading): Judgement {
  const at = states.find(({ rev }) => rev === kept?.rev);
  const head = states.find(({ rev }) => rev === spokenRev);
  return judge(kept, { at: at && searchedMessage(at), head: head && searchedMessage(head) });
}

/** The seqs that are kept, but are no messages; those up to `lastSeq` are known to be some. */
export async function straySeqs(
  { log, search }: Pick<Archives, 'log' | 'search'>,
  conversationId: string,
  lastSeq: number,
): Promise<number[]> {
  const strays: number[] = [];
  for await (const seqs of search.seqsOf(conversationId)) {
    const beyond = seqs.filter((seq) => !(seq >= 1 && seq <= lastSeq));
    const sent = beyond.length > 0 ? await log.sentAmong(conversationId, beyond) : new Set();
    strays.push(...beyond.filter((seq) => !sent.has(seq)));
  }
  return strays;
}

export const seqsSentIn = (part: readonly ArchivedEntry[]): number[] =>
  part.flatMap(({ entry }) => (entry.type === 'message.sent' ? entry.seq : []));
