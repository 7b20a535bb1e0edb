import type { Archives } from '../audit/archives.ts';
import { judgeSearch, type SearchJudgement, seqsSentIn, straySeqs } from '../audit/judge-search.ts';
import { readMessages } from '../audit/message-reading.ts';
import type { ArchivedEntry } from '../domain/log-archive.ts';
import type { Message } from '../domain/message.ts';
import { putRight } from './put-right.ts';
import { type Rebuilding, rebuildEach } from './rebuild-each.ts';

/** Makes every message found by what its log says, and nothing else. */
export function rebuildSearch(archives: Archives, rebuilding: Rebuilding): Promise<void> {
  const { log, search: kept } = archives;
  const repair = (id: string) => repairConversation(archives, id);
  return rebuildEach(log, { kept, repair, remove: (id) => removeStrays(archives, id, 0) }, rebuilding);
}

async function repairConversation(archives: Archives, id: string): Promise<boolean> {
  let repaired = false;
  let lastSeq = 0;
  for await (const part of archives.log.entriesOf(id)) {
    if (await putRight(() => lookAndRepair(archives, id, part))) repaired = true;
    lastSeq = part.at(-1)?.entry.seq ?? lastSeq;
  }
  return (await removeStrays(archives, id, lastSeq)) || repaired;
}

async function lookAndRepair({ log, search }: Archives, id: string, part: readonly ArchivedEntry[]) {
  const seen = await search.find(id, seqsSentIn(part));
  const judged = judgeSearch(seen, await readMessages(log, id, part));
  const faulty = judged.filter(({ standing }) => standing !== 'right');
  for (const { message, keptRev } of faulty) await search.replace(message.states.at(-1) as Message, keptRev);
  return worstOf(faulty);
}

function worstOf(faulty: readonly SearchJudgement[]) {
  const wrong = faulty.find(({ standing }) => standing === 'wrong');
  return wrong ?? faulty[0] ?? { standing: 'right' as const, detail: '' };
}

async function removeStrays(archives: Archives, id: string, lastSeq: number): Promise<boolean> {
  const strays = await straySeqs(archives, id, lastSeq);
  if (strays.length > 0) await archives.search.remove(id, strays);
  return strays.length > 0;
}
