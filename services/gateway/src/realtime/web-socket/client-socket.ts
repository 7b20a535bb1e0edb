import type { Socket } from 'node:net';
import { type RawData, WebSocket } from 'ws';
import type { FrameSink } from '../outbox.ts';

const text = { binary: false };

/** Who is told what happens on a WebSocket. */
export interface SocketOwner {
  received(data: Buffer, isBinary: boolean): void;
  /** The client breaks the protocol, or sends too large a frame; `ws` closes it with the code for that. */
  failed(error: Error): void;
  closed(code: number): void;
}

/** A WebSocket that knows whose it is, so that what listens to it is the same for all, and none has closures of its own. */
export class ClientSocket extends WebSocket implements FrameSink {
  owner: SocketOwner | undefined;
  #connection: Socket | undefined;

  /** From now on its owner is told what happens on it. */
  begin(connection: Socket, owner: SocketOwner): void {
    this.#connection = connection;
    this.owner = owner;
    this.on('message', received).on('error', failed).on('close', closed);
  }

  /** Of the client, up to now, whatever they were. */
  get bytesRead(): number {
    return this.#connection?.bytesRead ?? 0;
  }

  writeAll(frames: readonly Buffer[], taken: () => void): void {
    const last = frames.length - 1;
    this.#connection?.cork();
    for (let index = 0; index < last; index += 1) this.send(frames[index] as Buffer, text);
    this.send(frames[last] as Buffer, text, taken);
    this.#connection?.uncork();
  }
}

function received(this: WebSocket, data: RawData, isBinary: boolean): void {
  if (this instanceof ClientSocket) this.owner?.received(data as Buffer, isBinary);
}

function failed(this: WebSocket, error: Error): void {
  if (this instanceof ClientSocket) this.owner?.failed(error);
}

function closed(this: WebSocket, code: number): void {
  if (this instanceof ClientSocket) this.owner?.closed(code);
}
