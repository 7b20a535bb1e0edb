import type { UserApi } from '../http/api.ts';
import { TimeLimit } from '../http/time-limit.ts';
import { NatterClientError } from '../natter-client-error.ts';
import { newKey } from '../rest/new-key.ts';
import { FrameQueue } from './frame-queue.ts';
import { type LiveStream, type OpenStream, type StreamEvent, silentForMs } from './live-stream.ts';

/** Pages see no pings of the protocol's own. */
const pingEveryMs = 20_000;

/** A WebSocket can't be read slowly: one with so many frames that nobody has taken is closed, and resumed later. */
const mostWaiting = 2_000;

/**
 * The platform's WebSocket, with the session's token in the first frame since browsers send no headers. A token that is
 * refused needs no care here: what was missed is asked for before each connection, and renews it.
 */
export function webSockets(user: UserApi): OpenStream {
  return async (after, signal) => {
    const authorization = await user.credentials.authorization();
    const socket = new WebSocket(user.api.urlOf('/ws').replace(/^http/, 'ws'));
    const stream = new SocketStream(socket, signal);
    await stream.opened;
    stream.send('auth', { token: authorization.replace(/^Bearer /, ''), after });
    return stream;
  };
}

class SocketStream implements LiveStream {
  readonly opened: Promise<void>;
  readonly #socket: WebSocket;
  readonly #limit: TimeLimit;
  readonly #queue = new FrameQueue<StreamEvent>();
  readonly #pings: ReturnType<typeof setInterval>;

  constructor(socket: WebSocket, signal: AbortSignal) {
    this.#socket = socket;
    this.#limit = new TimeLimit(silentForMs, signal);
    this.#limit.signal.addEventListener('abort', () => this.#end(lost('Nothing was heard')), { once: true });
    this.#pings = setInterval(() => this.send('ping'), pingEveryMs);
    this.opened = new Promise((resolve, reject) => {
      socket.addEventListener('open', () => resolve());
      socket.addEventListener('close', ({ code, reason }) => {
        const error = lost(`The connection was closed: ${code} ${reason}`);
        this.#end(error);
        reject(error);
      });
    });
    // A close follows, and says more.
    socket.addEventListener('error', () => undefined);
    socket.addEventListener('message', ({ data }) => this.#take(String(data)));
  }

  get events(): AsyncIterable<StreamEvent> {
    return this.#queue;
  }

  send(type: string, data?: object): void {
    if (this.#socket.readyState === this.#socket.OPEN)
      this.#socket.send(JSON.stringify({ type, ref: newKey(), data }));
  }

  close(): void {
    this.#end();
  }

  #take(text: string): void {
    this.#limit.extend();
    try {
      this.#queue.push(JSON.parse(text) as StreamEvent);
    } catch {
      this.#end(lost('A frame that is no JSON'));
    }
    if (this.#queue.size > mostWaiting) this.#end(lost('More came than was taken'));
  }

  #end(error?: NatterClientError): void {
    clearInterval(this.#pings);
    this.#limit.stop();
    this.#queue.end(error);
    this.#socket.close();
  }
}

function lost(message: string): NatterClientError {
  return new NatterClientError({ code: 'no_answer', message, retryable: true });
}
