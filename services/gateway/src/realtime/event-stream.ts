import type { ServerResponse } from 'node:http';
import { setImmediate as queueImmediate } from 'node:timers';
import { setImmediate } from 'node:timers/promises';
import type { CloseReason, EndReason, EphemeralEvent, LiveEntry, StreamClient } from './live-events.ts';

/** Milliseconds between two signs of life: proxies, and we, cut what is silent for half a minute. */
const heartbeatMs = 15_000;

/** Milliseconds after which a client is to come back; not all of them at the same moment. */
const retryMs = { least: 1_000, most: 3_000 };

/** What may wait for a client that reads slowly. */
const mostWaiting = { bytes: 1_048_576, events: 512 };

/** How the other side of the stream is told that the client is there no more. */
export type OnGone = (reason: CloseReason) => void;

/** Server-sent events (HTML, 9.2) to one client; what comes in one turn of the event loop is written at once. */
export class EventStream implements StreamClient {
  readonly #onGone: OnGone;
  #response: ServerResponse | undefined;
  #text = `retry: ${Math.round(retryMs.least + Math.random() * (retryMs.most - retryMs.least))}\n\n`;
  /** In `#text`, and in what was written since all had gone out. */
  #events = 0;
  #waiting = 0;
  #scheduled = false;
  #heartbeat: NodeJS.Timeout | undefined;
  #over = false;

  constructor(onGone: OnGone) {
    this.#onGone = onGone;
  }

  /** Writes from now on to that response, whose headers are set. */
  begin(response: ServerResponse): void {
    this.#response = response;
    if (this.#over) return void response.end();
    if (response.destroyed) return this.#gone('closed');
    if (response.req.method === 'HEAD') {
      this.#gone('closed');
      return void response.end();
    }
    response.once('close', () => this.#gone('closed'));
    response.flushHeaders();
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatMs);
    this.#schedule();
  }

  entry({ entry, json }: LiveEntry, cursor: () => string): void {
    this.#add(`id: ${cursor()}\nevent: ${entry.type}\ndata: ${json}\n\n`);
  }

  ephemeral({ type, json }: EphemeralEvent): void {
    if (this.#response?.writableNeedDrain) return;
    this.#add(`event: ${type}\ndata: ${json}\n\n`);
  }

  reset(cursor: string): void {
    this.#add(`id: ${cursor}\nevent: reset\ndata: {}\n\n`);
  }

  /** The client has got as far as this cursor, whether it is told of anything or not. */
  reached(cursor: string): void {
    this.#add(`id: ${cursor}\n\n`);
  }

  async drained(): Promise<void> {
    this.#flush();
    const response = this.#response;
    if (response === undefined || this.#over || response.writableLength === 0) return;
    // Until then Node keeps what is written.
    await setImmediate();
    if (this.#over || !response.writableNeedDrain) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        response.off('drain', done).off('close', done);
        resolve();
      };
      response.once('drain', done).once('close', done);
    });
  }

  end(reason: EndReason): void {
    if (this.#over) return;
    this.#text += `: ${reason}\n\n`;
    this.#flush();
    this.#stop();
    this.#response?.end();
  }

  #add(text: string): void {
    if (this.#over) return;
    this.#text += text;
    this.#events += 1;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled || this.#response === undefined) return;
    this.#scheduled = true;
    queueImmediate(() => {
      this.#scheduled = false;
      this.#flush();
    });
  }

  #flush(): void {
    const response = this.#response;
    if (response === undefined || this.#over || this.#text === '') return;
    const text = this.#text;
    if (response.writableLength === 0) this.#waiting = 0;
    else if (this.#isTooMuch(response)) return this.#cut(response);
    this.#waiting += this.#events;
    this.#text = '';
    this.#events = 0;
    response.write(text);
  }

  #isTooMuch({ writableLength }: ServerResponse): boolean {
    return (
      writableLength + this.#text.length > mostWaiting.bytes ||
      this.#waiting + this.#events > mostWaiting.events
    );
  }

  #cut(response: ServerResponse): void {
    this.#gone('slow');
    response.destroy();
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
    this.#text = '';
    clearInterval(this.#heartbeat);
  }
}
