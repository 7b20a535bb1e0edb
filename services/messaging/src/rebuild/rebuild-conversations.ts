import type { Archives } from '../audit/archives.ts';
import { judge } from '../audit/judge.ts';
import { putRight } from './put-right.ts';
import { readLog } from './read-log.ts';
import { type Rebuilding, rebuildEach } from './rebuild-each.ts';

/** Puts each conversation where its log has brought it, and removes those without one. */
export function rebuildConversations(archives: Archives, rebuilding: Rebuilding): Promise<void> {
  const repair = (id: string) => putRight(() => lookAndRepair(archives, id));
  const { log, projections: kept } = archives;
  return rebuildEach(log, { kept, repair, remove: (id) => remove(archives, id) }, rebuilding);
}

async function lookAndRepair({ log, projections }: Archives, id: string) {
  const kept = await projections.findConversation(id);
  const { conversation } = await readLog(log, id, kept?.rev);
  const judgement = judge(kept, conversation);
  const { head } = conversation;
  if (judgement.standing !== 'right' && head !== undefined) {
    await projections.replaceConversation(head, kept?.rev);
  }
  return judgement;
}

async function remove({ projections }: Archives, id: string): Promise<boolean> {
  if ((await projections.findConversation(id)) === undefined) return false;
  await projections.removeConversation(id);
  return true;
}
