import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Bus, CallContext } from '@natter/bus';
import { getCursorKey, type Position } from '@natter/contracts';
import { openCursor, sealPosition } from './cursor.ts';

/** Makes a position a cursor of that user. */
export type SealPosition = (userId: string, position: Position) => string;

/**
 * Makes cursors of positions, and positions of cursors. The key to that is made once for all time, so that messaging is
 * asked for it until it is known and never again.
 */
export class Cursors {
  readonly #bus: Pick<Bus, 'call'>;
  #key: KeyObject | undefined;

  constructor(bus: Pick<Bus, 'call'>) {
    this.#bus = bus;
  }

  /** Resolves when cursors can be made. @throws {NatterError} `service_unavailable`. */
  async ready(context: CallContext): Promise<void> {
    await this.#learnKey(context);
  }

  /** Once they can be made. */
  seal(userId: string, position: Position): string {
    if (this.#key === undefined) throw new Error('the key of cursors is not known yet');
    return sealPosition(this.#key, userId, position);
  }

  /** @throws {NatterError} `cursor_invalid` for what is none of this user's, `service_unavailable`. */
  async open(userId: string, cursor: string, context: CallContext): Promise<Position> {
    return openCursor(await this.#learnKey(context), userId, cursor);
  }

  async #learnKey(context: CallContext): Promise<KeyObject> {
    this.#key ??= await this.#askForKey(context);
    return this.#key;
  }

  async #askForKey(context: CallContext): Promise<KeyObject> {
    const { key } = await this.#bus.call(getCursorKey, {}, context);
    return createSecretKey(Buffer.from(key, 'base64url'));
  }
}
