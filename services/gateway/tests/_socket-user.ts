import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { waitFor } from '@natter/testkit';
import { type ClientOptions, WebSocket } from 'ws';
import { faultsInFrame } from './_asyncapi.ts';

export interface SocketUserOptions extends ClientOptions {
  /** Null for none. */
  token?: string | null;
  query?: string;
}

export interface Frame {
  type: string;
  id?: string;
  ref?: string | number | null;
  data: Record<string, unknown>;
  error: { code: string; requestId: string; errors?: { pointer: string }[] };
}

/** A client of a WebSocket that keeps what it gets. Every frame has to be as the AsyncAPI document says. */
export class SocketUser {
  readonly socket: WebSocket;
  /** Resolves when the server has taken it or has refused it. */
  readonly connected: Promise<void>;
  readonly frames: Frame[] = [];
  /** What no schema of the document fits. */
  readonly faults: string[] = [];
  /** How the request for it was answered. */
  refusal: { status: number; headers: NodeJS.Dict<string | string[]>; json: Frame['error'] } | undefined;
  /** The code that it was closed with. */
  code: number | undefined;
  requestId: unknown;

  constructor(url: string, { token = 'good', query = '', headers, ...options }: SocketUserOptions = {}) {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.connected = promise;
    this.socket = new WebSocket(url.replace('http', 'ws') + query, {
      ...options,
      headers: { ...(token !== null && { Authorization: `Bearer ${token}` }), ...headers },
    });
    this.socket.on('upgrade', ({ headers: answered }) => (this.requestId = answered['x-request-id']));
    this.socket.on('unexpected-response', (_request, response) => {
      this.#refused(response).then(resolve, reject);
    });
    this.socket.on('open', resolve);
    // What comes of it is seen in the code.
    this.socket.on('error', () => undefined);
    this.socket.on('close', (code) => (this.code = code));
    this.socket.on('message', (data: Buffer) => this.#take(data.toString()));
  }

  /** Sends an object as JSON, and all else as it is. */
  send(frame: object | string): void {
    const isRaw = typeof frame === 'string' || Buffer.isBuffer(frame);
    this.socket.send(isRaw ? frame : JSON.stringify(frame));
  }

  /** Sends a frame. @returns the answer to it. */
  async ask(frame: { ref: string | number; [name: string]: unknown }): Promise<Frame> {
    this.send(frame);
    return this.next((one) => one.ref === frame.ref);
  }

  /** The first frame of that kind. */
  async next(isIt: (frame: Frame) => boolean = () => true): Promise<Frame> {
    await waitFor(() => this.frames.some(isIt) || this.code !== undefined, { what: 'a frame' });
    const frame = this.frames.find(isIt);
    if (frame === undefined) throw new Error(`closed with ${this.code}`);
    return frame;
  }

  /** @returns the code that it was closed with. */
  async closed(): Promise<number | undefined> {
    await waitFor(() => this.code !== undefined, { what: 'the WebSocket to be closed' });
    return this.code;
  }

  async #refused(response: IncomingMessage): Promise<void> {
    const { statusCode: status = 0, headers } = response;
    this.refusal = { status, headers, json: JSON.parse(await text(response)) };
  }

  #take(json: string): void {
    const frame = JSON.parse(json) as Frame;
    this.frames.push(frame);
    this.faults.push(...faultsInFrame(frame));
  }
}
