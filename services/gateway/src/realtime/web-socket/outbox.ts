import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Flushable, Flushes } from './flushes.ts';

/** What may wait for a client that reads slowly; with more it is cut. */
const most = { bytes: 1_048_576, frames: 512 };

/** What may wait before that which need not come is left out; as much is written at once. */
const much = { bytes: 65_536, frames: 64 };

const text = { binary: false };

/** An open WebSocket, and the connection that it is on. */
export interface OpenSocket {
  readonly socket: WebSocket;
  readonly connection: Duplex;
}

export interface OutboxOptions {
  readonly flushes: Flushes;
  /** Before frames are written: the last chance to add some. */
  readonly onFlush: () => void;
  /** More waits than may: what is added from now on goes nowhere. */
  readonly onSlow: () => void;
}

/**
 * The frames for one client: what comes in one turn of the event loop is written by one call of the system, and what the
 * system does not take is counted. Frames that are added before there is a socket wait for it.
 */
export class Outbox implements Flushable {
  readonly #options: OutboxOptions;
  #open: OpenSocket | undefined;
  #queue: Buffer[] = [];
  #queuedBytes = 0;
  /** Frames that were handed to the socket, and those of them that the system took, up to now. */
  #handed = 0;
  #taken = 0;
  #closed = false;
  #waiting: (() => void)[] | undefined;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  attach(open: OpenSocket): void {
    this.#open = open;
    this.flush();
  }

  put(frame: Buffer): void {
    if (this.#closed) return;
    this.#queue.push(frame);
    this.#queuedBytes += frame.length;
    if (this.#queue.length === 1) this.#options.flushes.add(this);
    if (this.#queue.length >= much.frames || this.#queuedBytes >= much.bytes) this.flush();
  }

  /** How many frames are to be written at the next flush. */
  get queued(): number {
    return this.#queue.length;
  }

  /** Puts a frame in the place of the one that so many were queued before. */
  replace(index: number, frame: Buffer): void {
    const [replaced] = this.#queue.splice(index, 1, frame);
    this.#queuedBytes += frame.length - (replaced?.length ?? 0);
  }

  /** Bytes that wait for the client to read. */
  get waitingBytes(): number {
    return this.#queuedBytes + (this.#open?.socket.bufferedAmount ?? 0);
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
    if (this.#open === undefined || this.#queue.length === 0 || this.#closed) return;
    if (this.waitingBytes > most.bytes || this.#waitingFrames > most.frames) return this.#options.onSlow();
    this.#options.onFlush();
    this.#write(this.#open);
  }

  /** Nothing is written any more. */
  close(): void {
    this.#closed = true;
    this.#queue = [];
    this.#queuedBytes = 0;
    this.#wake();
  }

  #write({ socket, connection }: OpenSocket): void {
    const frames = this.#queue;
    this.#queue = [];
    this.#queuedBytes = 0;
    this.#handed += frames.length;
    const { length } = frames;
    const upTo = this.#handed;
    connection.cork();
    for (let index = 0; index < length - 1; index += 1) socket.send(frames[index] as Buffer, text);
    socket.send(frames[length - 1] as Buffer, text, () => this.#wasTaken(upTo));
    connection.uncork();
    if (socket.bufferedAmount === 0) this.#taken = this.#handed;
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
    return this.#queue.length + this.#handed - this.#taken;
  }
}
