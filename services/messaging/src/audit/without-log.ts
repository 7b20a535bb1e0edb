import type { LogArchive } from '../domain/log-archive.ts';

/** Those of the conversations that have no log. */
export async function withoutLog(log: LogArchive, ids: readonly string[]): Promise<string[]> {
  const logged = await log.withLog(ids);
  return ids.filter((id) => !logged.has(id));
}
