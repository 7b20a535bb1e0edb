import type { Entry, Position } from '@natter/contracts';
import { GivenAtOnce } from './given-at-once.ts';
import type { LiveEntry } from './live-events.ts';
import { livePositionOf, Progress } from './progress.ts';

/** What is kept while what came before it is read; where there is more, it is read as well. */
const mostHeld = { entries: 256, characters: 65_536 };

/** How far the user's feeds have delivered, for all of their streams. */
export interface Delivered {
  /** Of one conversation. */
  revOf(conversationId: string): number;
  /** The cursor of all of it. */
  cursor(): string;
}

/** What a stream knows while it reads what it missed. */
export class CatchingUp {
  readonly progress: Progress;
  /** Whether it has to read once more. */
  lostSome = false;
  #held: LiveEntry[] = [];
  #heldCharacters = 0;
  readonly #given = new Map<string, number>();
  readonly #userId: string;

  constructor(position: Position, userId: string) {
    this.#userId = userId;
    this.progress = new Progress(livePositionOf(position));
  }

  begin(): void {
    // The rest of a run that began before this stream did: what came between the two is in none of its pages.
    this.lostSome = this.progress.position.beyond !== undefined;
    this.#held = [];
    this.#heldCharacters = 0;
  }

  hold(live: LiveEntry): void {
    // What is just being read may have nothing of a conversation that the user is removed from meanwhile.
    const isTooMuch =
      this.#held.length >= mostHeld.entries || this.#heldCharacters + live.json.length > mostHeld.characters;
    this.lostSome ||= isTooMuch || isRemovalOf(this.#userId, live.entry);
    if (this.lostSome) return;
    this.#held.push(live);
    this.#heldCharacters += live.json.length;
  }

  get holdsSome(): boolean {
    return this.#held.length > 0;
  }

  /** As much as may be given at once, the first of it. */
  takeSome(): readonly LiveEntry[] {
    const given = new GivenAtOnce();
    const enough = this.#held.findIndex((live) => given.add(live));
    const taken = this.#held.splice(0, enough < 0 ? this.#held.length : enough + 1);
    this.#heldCharacters -= given.characters;
    return taken;
  }

  revOf(conversationId: string): number {
    return this.#given.get(conversationId) ?? 0;
  }

  /** @returns whether the entry is new to the client. */
  advance({ conversationId, rev }: Entry): boolean {
    if (rev <= this.revOf(conversationId)) return false;
    this.#given.set(conversationId, rev);
    this.progress.advance(conversationId, rev);
    return true;
  }

  /** Where reading a log was cut short, less was given than the position of the page says. */
  reached(position: Position): void {
    const live = livePositionOf(position);
    const revs = Object.entries(live.revs).map(([id, rev]) => [id, this.#given.get(id) ?? rev]);
    this.progress.reached({ ...live, revs: Object.fromEntries(revs) }, this.#given);
  }

  aheadOf(delivered: Delivered): Map<string, number> | undefined {
    const ahead = [...this.#given].filter(([id, rev]) => rev > delivered.revOf(id));
    return ahead.length > 0 ? new Map(ahead) : undefined;
  }
}

function isRemovalOf(userId: string, { type, data }: Entry): boolean {
  return type === 'member.removed' && data.userId === userId;
}
