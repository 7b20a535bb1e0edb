import type { Logger } from '@natter/platform';
import { uuidv7 } from 'uuidv7';
import type { AuditEntry, AuditLog, RecordAudit } from '../domain/audit-log.ts';

export interface AuditRecorderOptions {
  log: AuditLog;
  /** After how many days an entry may be forgotten. */
  keepDays: number;
  logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** How many entries may wait for the database. */
  maxWaiting?: number;
}

const dayMs = 86_400_000;

const atOnce = 500;

/**
 * Records what happened without holding up those whose requests it is about. Each entry is a line of the process's
 * log at once, and soon one in the database: what a crash takes with it, or what finds no place while the database
 * is away, is in the former.
 */
export class AuditRecorder {
  readonly #options: AuditRecorderOptions;
  readonly #maxWaiting: number;
  readonly #waiting: AuditEntry[] = [];
  #flushing: Promise<void> | undefined;

  constructor(options: AuditRecorderOptions) {
    this.#options = options;
    this.#maxWaiting = options.maxWaiting ?? 10_000;
  }

  readonly record: RecordAudit = (event) => {
    const { logger, keepDays } = this.#options;
    const at = new Date();
    const entry = { ...event, id: uuidv7(), at, expires: new Date(at.getTime() + keepDays * dayMs) };
    logger.info({ audit: entry }, 'audit');
    if (this.#waiting.length >= this.#maxWaiting) {
      logger.error(
        { audit: entry },
        'an audit entry will be in this log only: too many wait for the database',
      );
      return;
    }
    this.#waiting.push(entry);
    if (this.#flushing !== undefined) return;
    this.flush().catch((error: unknown) => logger.warn({ err: error }, 'could not keep audit entries yet'));
  };

  /** Writes what waits. @throws what the audit log threw; what it did not take waits on. */
  flush(): Promise<void> {
    this.#flushing ??= this.#writeAll();
    return this.#flushing;
  }

  async #writeAll(): Promise<void> {
    // Not at once: what is recorded together is written together, and `flush` remembers this promise first.
    await Promise.resolve();
    try {
      while (this.#waiting.length > 0) {
        const batch = this.#waiting.slice(0, atOnce);
        await this.#options.log.add(batch);
        this.#waiting.splice(0, batch.length);
      }
    } finally {
      this.#flushing = undefined;
    }
  }
}
