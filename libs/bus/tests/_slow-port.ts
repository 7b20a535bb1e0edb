import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Takes a dead broker's port and lets everyone wait; whoever waited can be let through to the broker when it is back. */
export class SlowPort {
  readonly #port: number;
  readonly #waiting: Socket[] = [];
  readonly #server = createServer((socket) => this.#waiting.push(socket.on('error', () => {})));

  private constructor(port: number) {
    this.#port = port;
  }

  static async open(port: number): Promise<SlowPort> {
    const slow = new SlowPort(port);
    await once(slow.#server.listen(port, '127.0.0.1'), 'listening');
    return slow;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Leaves the port to the broker. */
  stopListening(): void {
    this.#server.close();
  }

  /** Resolves when all who waited have been let through, and the connection of each has come to its end. */
  async letThrough(): Promise<void> {
    const ends = this.#waiting.map(async (socket) => {
      const broker = connect(this.#port, '127.0.0.1').on('error', () => {});
      socket.pipe(broker).pipe(socket);
      socket.once('close', () => broker.destroy());
      await once(broker, 'close');
      socket.destroy();
    });
    await Promise.all(ends);
  }
}
