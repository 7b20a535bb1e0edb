import type { LiveEntry } from './live-events.ts';

/** As much as a client is given before it is asked whether there is room for more. */
const much = { entries: 64, characters: 65_536 };

/** What a client was given since it was asked that. */
export class GivenAtOnce {
  #entries = 0;
  #characters = 0;

  get characters(): number {
    return this.#characters;
  }

  /** @returns whether it is much by now. */
  add({ json }: LiveEntry): boolean {
    this.#entries += 1;
    this.#characters += json.length;
    return this.#entries >= much.entries || this.#characters >= much.characters;
  }
}
