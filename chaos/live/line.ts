import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** The way of one client to the gateways: each connection goes to the next that takes it, and may be cut. */
export class Line {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #turn: number;

  private constructor(gateways: readonly URL[], first: number) {
    this.#turn = first;
    this.#server = createServer((client) => this.#dial(client, gateways, gateways.length));
  }

  static async to(gateways: readonly string[], first = 0): Promise<Line> {
    const line = new Line(
      gateways.map((url) => new URL(url)),
      first,
    );
    await once(line.#server.listen(0, '127.0.0.1'), 'listening');
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Resets every connection that there is. */
  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  close(): void {
    this.#server.close();
    this.cut();
  }

  #dial(client: Socket, gateways: readonly URL[], tries: number): void {
    this.#keep(client);
    const { hostname, port } = gateways[this.#turn % gateways.length] as URL;
    this.#turn += 1;
    const gateway = connect(Number(port), hostname);
    const refused = () => {
      if (tries > 1 && !client.destroyed) this.#dial(client, gateways, tries - 1);
      else client.destroy();
    };
    gateway.once('error', refused);
    gateway.once('connect', () => {
      gateway.off('error', refused);
      this.#join(client, gateway);
    });
  }

  #join(client: Socket, gateway: Socket): void {
    this.#keep(gateway);
    client.pipe(gateway).pipe(client);
    client.once('close', () => gateway.destroy());
    gateway.once('close', () => client.destroy());
    if (client.destroyed) gateway.destroy();
  }

  #keep(socket: Socket): void {
    if (this.#sockets.has(socket)) return;
    socket.setNoDelay();
    this.#sockets.add(socket);
    // An end is followed by a close, which is all that matters here.
    socket.on('error', () => undefined);
    socket.once('close', () => this.#sockets.delete(socket));
  }
}
