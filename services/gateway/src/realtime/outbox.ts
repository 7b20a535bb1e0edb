import type { Flushable, Flushes } from './flushes.ts';

/**
 * What may wait in this process for a client that reads slowly, in the queue and in the stream below; with more it is cut.
 * With what `ws` adds by itself, at most 60 pongs and the frame that closes, it is less than 1 MiB.
 */
const most = { bytes: 1_024_000, frames: 512 };

/** What the objects around each frame take, as measured. */
const aroundFrame = 512;

/** What may wait before that which need not come is left out; as much is written at once. */
const much = { bytes: 65_536, frames: 64 };

/** Where the frames for one client go. */
export interface FrameSink {
  /** Writes them, by one call of the system where it takes them; calls `taken` when it has taken all of them. */
  writeAll(frames: readonly Buffer[], taken: () => void): void;
  /** Bytes that were written and that the system has not taken. */
  readonly bufferedAmount: number;
}

export interface OutboxOwner {
  readonly flushes: Flushes;
  /** Before frames are written: the last chance to change some. */
  beforeFlush(): void;
  /** More would wait than may: what is added from now on goes nowhere. */
  tooSlow(): void;
}

/**
 * The frames for one client: what comes in one turn of the event loop is written by one call of the system, and what the
 * system does not take is counted. Frames that are added before there is a sink wait for it.
 */
export class Outbox implements Flushable {
  readonly #owner: OutboxOwner;
  #sink: FrameSink | undefined;
  #queue: Buffer[] | undefined;
  #queuedBytes = 0;
  /** Frames that were handed to the sink, and those of them that the system took, up to now. */
  #handed = 0;
  #taken = 0;
  #closed = false;
  #waiting: (() => void)[] | undefined;

  constructor(owner: OutboxOwner) {
    this.#owner = owner;
  }

  attach(sink: FrameSink): void {
    this.#sink = sink;
    this.flush();
  }

  put(frame: Buffer): void {
    if (this.#closed) return;
    if (!this.#hasRoomFor(frame)) return this.#owner.tooSlow();
    if (this.#queue === undefined) {
      this.#queue = [];
      this.#owner.flushes.add(this);
    }
    this.#queue.push(frame);
    this.#queuedBytes += frame.length;
    if (this.queued >= much.frames || this.#queuedBytes >= much.bytes) this.flush();
  }

  /** How many frames are to be written at the next flush. */
  get queued(): number {
    return this.#queue?.length ?? 0;
  }

  /** Puts a frame in the place of the one that so many were queued before. @returns false where there is no room for it. */
  replace(index: number, frame: Buffer): boolean {
    const more = frame.length - (this.#queue?.[index]?.length ?? 0);
    if (this.#queue === undefined || this.heldBytes + more > most.bytes) return false;
    this.#queue[index] = frame;
    this.#queuedBytes += more;
    return true;
  }

  /** Bytes that wait for the client to read. */
  get waitingBytes(): number {
    return this.#queuedBytes + (this.#sink?.bufferedAmount ?? 0);
  }

  /** What they take here, with all that is around them. */
  get heldBytes(): number {
    return this.waitingBytes + this.#waitingFrames * aroundFrame;
  }

  /** Whether so much waits that what need not come had better not. */
  get isPressed(): boolean {
    return this.waitingBytes >= much.bytes || this.#waitingFrames >= much.frames;
  }

  /** Resolves when there is room, or nobody to have room for. */
  async drained(): Promise<void> {
    this.flush();
    if (this.#closed || !this.isPressed) return;
    await new Promise<void>((resolve) => {
      this.#waiting ??= [];
      this.#waiting.push(resolve);
    });
  }

  flush(): void {
    if (this.#sink === undefined || this.#queue === undefined || this.#closed) return;
    this.#owner.beforeFlush();
    const frames = this.#queue;
    this.#queue = undefined;
    this.#queuedBytes = 0;
    this.#handed += frames.length;
    const upTo = this.#handed;
    this.#sink.writeAll(frames, () => this.#wasTaken(upTo));
    if (this.#sink.bufferedAmount === 0) this.#taken = this.#handed;
  }

  /** Nothing is written any more. */
  close(): void {
    this.#closed = true;
    this.#queue = undefined;
    this.#queuedBytes = 0;
    this.#wake();
  }

  #hasRoomFor(frame: Buffer): boolean {
    const bytes = this.heldBytes + frame.length + aroundFrame;
    return bytes <= most.bytes && this.#waitingFrames < most.frames;
  }

  #wasTaken(upTo: number): void {
    this.#taken = Math.max(this.#taken, upTo);
    if (!this.isPressed) this.#wake();
  }

  #wake(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const resolve of waiting) resolve();
  }

  get #waitingFrames(): number {
    return this.queued + this.#handed - this.#taken;
  }
}
