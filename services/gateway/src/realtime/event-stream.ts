import type { ServerResponse } from 'node:http';
import type { Flushes } from './flushes.ts';
import { frameOf } from './frame-of.ts';
import type { CloseReason, EndReason, EphemeralEvent, LiveEntry, StreamClient } from './live-events.ts';
import { type FrameSink, Outbox, type OutboxOwner } from './outbox.ts';

/** Milliseconds between two signs of life: proxies, and we, cut what is silent for half a minute. */
const heartbeatMs = 15_000;

/** Milliseconds after which a client is to come back; not all of them at the same moment. */
const retryMs = { least: 1_000, most: 3_000 };

/** How the other side of the stream is told that the client is there no more. */
export type OnGone = (reason: CloseReason) => void;

/** Server-sent events (HTML, 9.2) to one client; what comes in one turn of the event loop is written at once. */
export class EventStream implements StreamClient, OutboxOwner, FrameSink {
  readonly flushes: Flushes;
  readonly outbox: Outbox;
  readonly #onGone: OnGone;
  #response: ServerResponse | undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  #over = false;
  /** Why it ended, where nobody was there yet to be told. */
  #unsaid: string | undefined;

  constructor(flushes: Flushes, onGone: OnGone) {
    this.flushes = flushes;
    this.#onGone = onGone;
    this.outbox = new Outbox(this);
    this.#put(`retry: ${Math.round(retryMs.least + Math.random() * (retryMs.most - retryMs.least))}\n\n`);
  }

  /** Writes from now on to that response, whose headers are set. */
  begin(response: ServerResponse): void {
    this.#response = response;
    if (this.#over) return void response.end(this.#unsaid);
    if (response.destroyed) return this.#gone('closed');
    if (response.req.method === 'HEAD') {
      this.#gone('closed');
      return void response.end();
    }
    response.once('close', () => this.#gone('closed'));
    response.flushHeaders();
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatMs);
    this.outbox.attach(this);
  }

  entry({ entry, json }: LiveEntry, cursor: () => string): void {
    this.#put(`id: ${cursor()}\nevent: ${entry.type}\ndata: ${json}\n\n`);
  }

  ephemeral({ type, json }: EphemeralEvent): void {
    if (!this.outbox.isPressed) this.#put(`event: ${type}\ndata: ${json}\n\n`);
  }

  reset(cursor: string): void {
    this.#put(`id: ${cursor}\nevent: reset\ndata: {}\n\n`);
  }

  /** The client has got as far as this cursor, whether it is told of anything or not. */
  reached(cursor: string): void {
    this.#put(`id: ${cursor}\n\n`);
  }

  drained(): Promise<void> {
    return this.outbox.drained();
  }

  end(reason: EndReason): void {
    if (this.#over) return;
    const why = `: ${reason}\n\n`;
    this.#put(why);
    this.outbox.flush();
    this.#stop();
    if (this.#response === undefined) this.#unsaid = why;
    else this.#response.end();
  }

  /** Nothing can be added to what is written. */
  beforeFlush(): void {}

  tooSlow(): void {
    this.#gone('slow');
    this.#response?.destroy();
  }

  /** Bytes that wait for the client to read, but for those in the outbox. */
  get bufferedAmount(): number {
    return this.#response?.writableLength ?? 0;
  }

  writeAll(frames: readonly Buffer[], taken: () => void): void {
    const last = frames.length - 1;
    this.#response?.cork();
    for (let index = 0; index < last; index += 1) this.#response?.write(frames[index]);
    this.#response?.write(frames[last], taken);
    this.#response?.uncork();
    // Node would keep it until the end of the turn, and what a client reads at once would be counted as waiting.
    this.#response?.socket?.uncork();
  }

  #put(text: string): void {
    this.outbox.put(frameOf(text));
  }

  /** Where something waits to go out, that is a sign of life enough. */
  #beat(): void {
    if (this.#response?.writableLength === 0) this.#response.write(':\n\n');
  }

  #gone(reason: CloseReason): void {
    if (this.#over) return;
    this.#stop();
    this.#onGone(reason);
  }

  #stop(): void {
    this.#over = true;
    this.outbox.close();
    clearInterval(this.#heartbeat);
  }
}
