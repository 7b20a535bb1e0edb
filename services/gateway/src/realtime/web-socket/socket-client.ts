import type { Flushes } from '../flushes.ts';
import type { EndReason, EphemeralEvent, LiveEntry, StreamClient } from '../live-events.ts';
import { Outbox, type OutboxOwner } from '../outbox.ts';
import { type CursorOwer, type CursorPace, cursorEveryMs } from './cursor-pace.ts';
import { cursorFrame, entryFrame, entryFrameWith, ephemeralFrame } from './event-frames.ts';

/** What all clients share. */
export interface SocketClientWorld {
  readonly flushes: Flushes;
  readonly pace: CursorPace;
  readonly clock: { now(): number };
}

/** Who sees to the WebSocket that it is told over. */
export interface ClientOwner {
  tooSlow(): void;
  end(reason: EndReason): void;
}

/** What is told to one client over its WebSocket. */
export class SocketClient implements StreamClient, CursorOwer, OutboxOwner {
  readonly outbox: Outbox;
  readonly #world: SocketClientWorld;
  readonly #owner: ClientOwner;
  /** The last entry since the last flush, and its place among the frames. */
  #last: LiveEntry | undefined;
  #place = 0;
  #cursor: (() => string) | undefined;
  /** In whole milliseconds. */
  #toldAt: number | undefined;

  constructor(world: SocketClientWorld, owner: ClientOwner) {
    this.#world = world;
    this.#owner = owner;
    this.outbox = new Outbox(this);
  }

  get flushes(): Flushes {
    return this.#world.flushes;
  }

  /** All that happens from this cursor on will be told. */
  begin(cursor: string): void {
    this.outbox.put(cursorFrame('cursor', cursor));
  }

  entry(live: LiveEntry, cursor: () => string): void {
    this.#cursor = cursor;
    this.#last = live;
    this.#place = this.outbox.queued;
    this.outbox.put(entryFrame(live));
  }

  ephemeral(event: EphemeralEvent): void {
    if (!this.outbox.isPressed) this.outbox.put(ephemeralFrame(event));
  }

  reset(cursor: string): void {
    this.#told();
    this.outbox.put(cursorFrame('reset', cursor));
  }

  drained(): Promise<void> {
    return this.outbox.drained();
  }

  end(reason: EndReason): void {
    this.#owner.end(reason);
  }

  tellCursor(): void {
    if (this.#cursor === undefined) return;
    const frame = cursorFrame('cursor', this.#cursor());
    this.#told();
    this.outbox.put(frame);
  }

  close(): void {
    this.#world.pace.remove(this);
    this.outbox.close();
  }

  tooSlow(): void {
    this.#owner.tooSlow();
  }

  /** A cursor goes with the last entry of a turn, or, where one was told a moment ago, alone and later. */
  beforeFlush(): void {
    if (this.#cursor === undefined) return;
    const last = this.#last;
    this.#last = undefined;
    if (last !== undefined && !this.#toldLately && this.#tellWith(last)) this.#told();
    else this.#world.pace.add(this);
  }

  get #toldLately(): boolean {
    return this.#toldAt !== undefined && this.#world.clock.now() - this.#toldAt < cursorEveryMs;
  }

  #tellWith(last: LiveEntry): boolean {
    const cursor = this.#cursor?.();
    return cursor !== undefined && this.outbox.replace(this.#place, entryFrameWith(cursor, last));
  }

  #told(): void {
    this.#toldAt = Math.round(this.#world.clock.now());
    this.#cursor = undefined;
    this.#last = undefined;
    this.#world.pace.remove(this);
  }
}
