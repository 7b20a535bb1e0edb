import type { LivePosition, Position } from '@natter/contracts';
import { RecentRevs } from './recent-revs.ts';

/** All positions are of one epoch, but for moments: one copy of it is kept, not one for each user. */
let latestEpoch = '';

/** How far somebody has been told what changed: a position, and what was given since. */
export class Progress {
  #epoch = '';
  #at = 0;
  #beyond: LivePosition['beyond'];
  readonly #revs = new RecentRevs();
  /** Whether more conversations changed than a position names; one that it leaves out costs repeats. */
  #overfull = false;

  constructor(position: LivePosition) {
    this.#begin(position);
  }

  get epoch(): string {
    return this.#epoch;
  }

  get overfull(): boolean {
    return this.#overfull;
  }

  revOf(conversationId: string): number {
    return this.#revs.of(conversationId);
  }

  /** The conversation's entries were given up to there. */
  advance(conversationId: string, rev: number): void {
    if (this.revOf(conversationId) > rev) return;
    if (!this.#revs.set(conversationId, rev)) this.#overfull = true;
  }

  /** All up to there was given, beside what was given meanwhile. */
  reached(position: LivePosition, meanwhile: ReadonlyMap<string, number>): void {
    this.#begin(position);
    for (const [conversationId, rev] of meanwhile) this.advance(conversationId, rev);
  }

  get position(): LivePosition {
    const beyond = this.#beyond;
    const revs = Object.fromEntries(this.#revs);
    return { epoch: this.#epoch, at: this.#at, ...(beyond && { beyond }), kind: 'changes', revs };
  }

  #begin({ epoch, at, beyond, revs }: LivePosition): void {
    this.#epoch = sharedEpoch(epoch);
    this.#at = at;
    this.#beyond = beyond;
    this.#revs.clear();
    for (const [id, rev] of Object.entries(revs)) this.#revs.set(id, rev);
    this.#overfull = false;
  }
}

function sharedEpoch(epoch: string): string {
  if (epoch !== latestEpoch) latestEpoch = epoch;
  return latestEpoch;
}

/** Where live entries go on for whoever is in the middle of a snapshot: from when that began. */
export function livePositionOf(position: Position): LivePosition {
  if (position.kind === 'changes') return position;
  const { epoch, at, revs } = position;
  return { kind: 'changes', epoch, at, revs };
}
