import type { LivePosition, Position } from '@natter/contracts';

/** A cursor names at most so many conversations; one that it leaves out costs repeats. */
const mostRevs = 32;

type Start = Pick<LivePosition, 'epoch' | 'at' | 'beyond'>;

/** How far somebody has been told what changed: a position, and what was given since. */
export class Progress {
  #start: Start;
  /** The least recent first. */
  #revs: Map<string, number>;
  /** Whether more conversations changed than a position can name. */
  #overfull = false;

  constructor(position: LivePosition) {
    this.#start = position;
    this.#revs = new Map(Object.entries(position.revs));
  }

  get epoch(): string {
    return this.#start.epoch;
  }

  get overfull(): boolean {
    return this.#overfull;
  }

  revOf(conversationId: string): number {
    return this.#revs.get(conversationId) ?? 0;
  }

  /** The conversation's entries were given up to there. */
  advance(conversationId: string, rev: number): void {
    if (this.revOf(conversationId) > rev) return;
    this.#revs.delete(conversationId);
    this.#revs.set(conversationId, rev);
    this.#trim();
  }

  /** All up to there was given, beside what was given meanwhile. */
  reached(position: LivePosition, meanwhile: ReadonlyMap<string, number>): void {
    this.#start = position;
    this.#revs = new Map(Object.entries(position.revs));
    this.#overfull = false;
    for (const [conversationId, rev] of meanwhile) this.advance(conversationId, rev);
  }

  get position(): LivePosition {
    return { ...startOf(this.#start), kind: 'changes', revs: Object.fromEntries(this.#revs) };
  }

  #trim(): void {
    if (this.#revs.size <= mostRevs) return;
    this.#overfull = true;
    const [oldest] = this.#revs.keys();
    this.#revs.delete(oldest as string);
  }
}

function startOf({ epoch, at, beyond }: Start): Start {
  return { epoch, at, ...(beyond && { beyond }) };
}

/** Where live entries go on for whoever is in the middle of a snapshot: from when that began. */
export function livePositionOf(position: Position): LivePosition {
  if (position.kind === 'changes') return position;
  const { epoch, at, revs } = position;
  return { kind: 'changes', epoch, at, revs };
}
