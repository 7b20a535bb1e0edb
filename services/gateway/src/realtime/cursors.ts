import type { KeyObject } from 'node:crypto';
import type { CallContext } from '@natter/bus';
import type { Position } from '@natter/contracts';
import { openCursor, sealPosition } from './cursor.ts';
import type { CursorKey } from './cursor-key.ts';

/** Makes a position a cursor of that user. */
export type SealPosition = (userId: string, position: Position) => string;

/** Makes cursors of positions, and positions of cursors. */
export class Cursors {
  readonly #keys: Pick<CursorKey, 'get'>;
  #key: KeyObject | undefined;

  constructor(keys: Pick<CursorKey, 'get'>) {
    this.#keys = keys;
  }

  /** Resolves when cursors can be made. @throws {NatterError} `service_unavailable`. */
  async ready(context: CallContext): Promise<void> {
    this.#key ??= await this.#keys.get(context);
  }

  /** Once they can be made. */
  seal(userId: string, position: Position): string {
    if (this.#key === undefined) throw new Error('the key of cursors is not known yet');
    return sealPosition(this.#key, userId, position);
  }

  /** @throws {NatterError} `cursor_invalid` for what is none of this user's, `service_unavailable`. */
  async open(userId: string, cursor: string, context: CallContext): Promise<Position> {
    return openCursor(await this.#keys.get(context), userId, cursor);
  }
}
