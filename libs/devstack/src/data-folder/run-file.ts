import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RunRecord } from './run-record.ts';

/** `run.json` in the data folder. It may name passwords in URLs, so only its owner may read it. */
export class RunFile {
  readonly #file: string;

  constructor(dataFolder: string) {
    this.#file = path.join(dataFolder, 'run.json');
  }

  /** @returns undefined where there is none: the last run came to a clean end. */
  read(): RunRecord | undefined {
    try {
      return JSON.parse(readFileSync(this.#file, 'utf8'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Readers see the old record or the new one, never a part. */
  write(record: RunRecord): void {
    const next = `${this.#file}.next`;
    writeFileSync(next, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
    renameSync(next, this.#file);
  }

  remove(): void {
    rmSync(this.#file, { force: true });
  }
}
