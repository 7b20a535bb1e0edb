import type { Socket } from 'node:net';
import type { Transform } from 'node:stream';
import { delayed } from './delayed.ts';

/** One client's connection to the server, by way of a proxy. */
export class ProxiedConnection {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #back: Transform;
  #forgotten = false;

  /** `gone` is called when both ends are closed. */
  constructor(
    client: Socket,
    server: Socket,
    { delayMs, gone }: { delayMs: () => number; gone: () => void },
  ) {
    this.#client = client;
    this.#server = server;
    this.#back = delayed(delayMs);
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      socket.setNoDelay();
      // An end is followed by a close, which is all that matters here.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        if (!this.#forgotten) other.destroy();
        if (other.destroyed) gone();
      });
    }
    client.pipe(delayed(delayMs)).pipe(server);
    server.pipe(this.#back).pipe(client);
  }

  hold(): void {
    this.#server.unpipe(this.#back).pause();
  }

  release(): void {
    if (!this.#forgotten) this.#server.pipe(this.#back);
  }

  cut(): void {
    this.#client.destroy();
    this.#server.destroy();
  }

  reset(): void {
    this.#client.resetAndDestroy();
    this.#server.resetAndDestroy();
  }

  forget(): void {
    this.#forgotten = true;
    for (const socket of [this.#client, this.#server]) socket.unpipe().resume();
  }
}
