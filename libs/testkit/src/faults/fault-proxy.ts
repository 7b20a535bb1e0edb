import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { ProxiedConnection } from './proxied-connection.ts';

const defaultPorts: Readonly<Record<string, number>> = { 'mongodb:': 27_017, 'nats:': 4_222 };

/** A way to a real server that can be as bad as a network can be. A new one is good. */
export class FaultProxy implements AsyncDisposable {
  readonly #target: URL;
  readonly #server: Server;
  readonly #connections = new Set<ProxiedConnection>();
  #port = 0;
  #held = false;
  #delayMs = 0;

  private constructor(target: URL) {
    this.#target = target;
    const port = Number(target.port || defaultPorts[target.protocol]);
    this.#server = createServer((client) => {
      const connection: ProxiedConnection = new ProxiedConnection(client, connect(port, target.hostname), {
        delayMs: () => this.#delayMs,
        gone: () => this.#connections.delete(connection),
      });
      if (this.#held) connection.hold();
      this.#connections.add(connection);
    });
  }

  static async to(url: string): Promise<FaultProxy> {
    const proxy = new FaultProxy(new URL(url));
    await proxy.open();
    return proxy;
  }

  get url(): string {
    const url = new URL(this.#target);
    url.host = `127.0.0.1:${this.#port}`;
    if (url.protocol !== 'mongodb:') return url.href;
    url.pathname ||= '/';
    // Else the driver would go round the proxy, to the address by which the server knows itself.
    url.searchParams.set('directConnection', 'true');
    return url.href;
  }

  /** Where it was before, once it was shut. */
  async open(): Promise<void> {
    this.#held = false;
    await once(this.#server.listen(this.#port, '127.0.0.1'), 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Nobody listens there any more, and who was connected is cut off. */
  async shut(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server.close(), 'close');
    for (const connection of this.#connections) connection.cut();
    await closed;
  }

  /** From now on what is asked arrives, and what is answered does not, until it is released. */
  hold(): void {
    this.#held = true;
    for (const connection of this.#connections) connection.hold();
  }

  release(): void {
    this.#held = false;
    for (const connection of this.#connections) connection.release();
  }

  /** From now on everything takes so many milliseconds longer, each way. */
  delay(ms: number): void {
    this.#delayMs = ms;
  }

  /** Resets (RST) every connection that there is. */
  reset(): void {
    for (const connection of this.#connections) connection.reset();
  }

  /** Every connection that there is stays half open: nothing arrives any more at either end, nor does an end. */
  forget(): void {
    for (const connection of this.#connections) connection.forget();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.shut();
  }
}
