import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/**
 * A way to a real MongoDB that can be shut (nobody listens there any more, and who was connected is cut off)
 * and held (what was asked arrives, what is answered does not).
 */
export class MongoGate implements AsyncDisposable {
  readonly #target: URL;
  readonly #server: Server;
  readonly #pairs = new Map<Socket, Socket>();
  #port = 0;
  #held = false;

  private constructor(target: URL) {
    this.#target = target;
    const { hostname, port } = target;
    this.#server = createServer((client) => this.#join(client, connect(Number(port || 27017), hostname)));
  }

  static async to(mongoUrl: string): Promise<MongoGate> {
    const gate = new MongoGate(new URL(mongoUrl));
    await gate.open();
    return gate;
  }

  get url(): string {
    const url = new URL(this.#target);
    url.host = `127.0.0.1:${this.#port}`;
    url.pathname ||= '/';
    // Else the driver would go round the gate, to the address by which the server knows itself.
    url.searchParams.set('directConnection', 'true');
    return url.href;
  }

  /** Where it was before, once it was shut. */
  async open(): Promise<void> {
    this.#held = false;
    await once(this.#server.listen(this.#port, '127.0.0.1'), 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  hold(): void {
    this.#held = true;
    for (const [client, server] of this.#pairs) server.unpipe(client).pause();
  }

  release(): void {
    this.#held = false;
    for (const [client, server] of this.#pairs) server.pipe(client);
  }

  async shut(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server.close(), 'close');
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy();
    await closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.shut();
  }

  #join(client: Socket, server: Socket): void {
    this.#pairs.set(client, server);
    client.on('close', () => {
      this.#pairs.delete(client);
      server.destroy();
    });
    server.on('close', () => client.destroy());
    // An end is followed by a close, which is all that matters here.
    for (const socket of [client, server]) socket.on('error', () => undefined);
    client.pipe(server);
    if (!this.#held) server.pipe(client);
  }
}
