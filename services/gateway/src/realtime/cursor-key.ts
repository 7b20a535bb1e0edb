import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Bus, CallContext } from '@natter/bus';
import { getCursorKey } from '@natter/contracts';

/** The key that seals cursors. It is made once for all time, so that it is asked for until it is known and never again. */
export class CursorKey {
  readonly #bus: Pick<Bus, 'call'>;
  #known: KeyObject | undefined;

  constructor(bus: Pick<Bus, 'call'>) {
    this.#bus = bus;
  }

  /** @throws {NatterError} `service_unavailable` where it is not known and messaging does not tell it. */
  async get(context: CallContext): Promise<KeyObject> {
    this.#known ??= await this.#ask(context);
    return this.#known;
  }

  async #ask(context: CallContext): Promise<KeyObject> {
    const { key } = await this.#bus.call(getCursorKey, {}, context);
    return createSecretKey(Buffer.from(key, 'base64url'));
  }
}
