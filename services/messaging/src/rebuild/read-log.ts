import { LogReading } from '../audit/log-reading.ts';
import type { LogArchive } from '../domain/log-archive.ts';

/** Reads a whole log. @throws when it can't be folded. */
export async function readLog(
  log: LogArchive,
  conversationId: string,
  keptRev?: number,
): Promise<LogReading> {
  const reading = new LogReading(conversationId, keptRev);
  for await (const part of log.entriesOf(conversationId)) for (const { entry } of part) reading.take(entry);
  if (reading.isWhole) return reading;
  throw new Error(`Its log can't be folded: ${reading.findings[0]?.detail}`);
}
