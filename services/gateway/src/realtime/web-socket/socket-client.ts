import type { EndReason, EphemeralEvent, LiveEntry, StreamClient } from '../live-events.ts';
import { type CursorOwer, type CursorPace, cursorEveryMs } from './cursor-pace.ts';
import { cursorFrame, entryFrame, entryFrameWith, ephemeralFrame } from './event-frames.ts';
import type { Flushes } from './flushes.ts';
import { Outbox } from './outbox.ts';

export interface SocketClientOptions {
  readonly flushes: Flushes;
  readonly pace: CursorPace;
  readonly clock: { now(): number };
  readonly onSlow: () => void;
  readonly onEnd: (reason: EndReason) => void;
}

/** What is told to one client over its WebSocket. */
export class SocketClient implements StreamClient, CursorOwer {
  readonly outbox: Outbox;
  readonly #options: SocketClientOptions;
  /** The last entry since the last flush, and its place among the frames. */
  #last: LiveEntry | undefined;
  #place = 0;
  #cursor: (() => string) | undefined;
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(options: SocketClientOptions) {
    this.#options = options;
    const { flushes, onSlow } = options;
    this.outbox = new Outbox({ flushes, onSlow, onFlush: () => this.#beforeFlush() });
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
    this.#options.onEnd(reason);
  }

  tellCursor(): void {
    if (this.#cursor === undefined) return;
    const frame = cursorFrame('cursor', this.#cursor());
    this.#told();
    this.outbox.put(frame);
  }

  close(): void {
    this.#options.pace.remove(this);
    this.outbox.close();
  }

  /** A cursor goes with the last entry of a turn, or, where one was told a moment ago, alone and later. */
  #beforeFlush(): void {
    if (this.#cursor === undefined) return;
    const { clock, pace } = this.#options;
    const last = this.#last;
    this.#last = undefined;
    if (last === undefined || clock.now() - this.#toldAt < cursorEveryMs) return pace.add(this);
    this.outbox.replace(this.#place, entryFrameWith(this.#cursor(), last));
    this.#told();
  }

  #told(): void {
    this.#toldAt = this.#options.clock.now();
    this.#cursor = undefined;
    this.#last = undefined;
    this.#options.pace.remove(this);
  }
}
