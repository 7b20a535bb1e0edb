import { type Lifecycle, repeat } from '@natter/platform';
import { AuditRecorder } from '../audit/audit-recorder.ts';
import { recordChangedKeys } from '../audit/record-changed-keys.ts';
import type { AuditLog } from '../domain/audit-log.ts';
import type { SigningKeys } from '../tokens/signing-keys.ts';

/** What could not be kept is tried again. */
const flushAuditEveryMs = 2_000;

export interface AuditNeeds {
  log: AuditLog;
  keepDays: number;
  /** Whether they have changed is recorded first. */
  keys: SigningKeys;
}

/** Keeps what is recorded, from now on. */
export async function startAudit(
  lifecycle: Lifecycle,
  { log, keepDays, keys }: AuditNeeds,
): Promise<AuditRecorder> {
  const { logger } = lifecycle.owner;
  const audit = new AuditRecorder({ log, keepDays, logger });
  const flushing = repeat(() => audit.flush(), {
    everyMs: flushAuditEveryMs,
    onFailure: (error) => logger.warn({ err: error }, 'could not keep audit entries; trying on'),
  });
  lifecycle.onStop('audit entries being kept', async () => {
    await flushing.stop();
    await audit.flush();
  });
  const kids = keys.map(({ published }) => published.kid);
  await recordChangedKeys(log, kids, audit.record);
  return audit;
}
