import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, type Socket, Server as TcpServer } from 'node:net';
import type { Duplex } from 'node:stream';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { Slots } from '@natter/bus';
import { onceAnswered } from './answered.ts';
import type { MessageClasses } from './message-classes.ts';
import { rawAnswerOf, rawAnswerTo, refuseBody, type UnreadRequestError } from './raw-answer.ts';
import { createUpgradeResponse, wantsWebSocket } from './upgrade.ts';

/** Milliseconds. */
const defaultTimeouts = {
  /** For the headers, however many bytes of them keep coming. */
  headersTimeout: 5_000,
  /** For all of a request. */
  requestTimeout: 10_000,
  /** How often the two are looked at. */
  connectionsCheckingInterval: 1_000,
  /** For a connection on which nothing moves, such as that of a client that does not read. Streams send more often. */
  silentTimeout: 30_000,
  /**
   * For a connection between two requests: longer than load balancers keep it (60 s where nobody says otherwise), so
   * that it is they who close it, and none of their requests crosses its end.
   */
  keepAliveTimeout: 65_000,
};

/**
 * Milliseconds for which a connection may bring one more request after no new ones are taken: those taken last have
 * not brought their first yet. Whoever closes an idle connection may cross a request that is on its way over it; the
 * longer it is given, the fewer are left.
 */
const lingerMs = 700;

/** Milliseconds at most for taking the connections that have arrived before none is taken any more. */
const hearForMs = 500;

/** Milliseconds from then to the last answer; requests are answered within 5 s. */
const lastAnswerWithinMs = 6_000;

type HttpServerOptions = Partial<typeof defaultTimeouts> & MessageClasses;

/** Node's HTTP server, with an end that loses no answer. */
export class HttpServer {
  readonly #server: Server;
  readonly #unanswered = new Slots<ServerResponse>();
  #draining = false;
  /** Connections up to now. */
  #taken = 0;

  constructor(listener: RequestListener, over: HttpServerOptions = {}) {
    const { silentTimeout, ...options } = { ...defaultTimeouts, ...over };
    const serve: RequestListener = (request, response) => {
      this.#track(response);
      listener(request, response);
    };
    // A missing host and an unknown expectation go to the listener, too: Node's own answers to them say nothing.
    const fixed = { requireHostHeader: false, shouldUpgradeCallback: wantsWebSocket };
    this.#server = createServer({ ...options, ...fixed }, serve);
    this.#server.timeout = silentTimeout;
    this.#server.on('connection', () => {
      this.#taken += 1;
    });
    this.#server.on('checkExpectation', serve);
    this.#server.on('upgrade', (request, socket, head) => {
      serve(request, createUpgradeResponse(request, socket as Socket, head));
    });
    this.#server.on('clientError', (error, socket) => this.#refuse(error, socket));
    // Of a tunnel (RFC 9110, 9.3.6) Node would only close the connection.
    this.#server.on('connect', (_request, socket) => {
      socket.on('error', () => socket.destroy()).end(rawAnswerOf('method_not_allowed'));
    });
  }

  /** @returns the URL that it listens on. */
  async start(options: { host: string; port: number }): Promise<string> {
    this.#server.listen(options.port, options.host);
    await once(this.#server, 'listening');
    const { address, family, port } = this.#server.address() as AddressInfo;
    return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  }

  /** From now on every answer is the last on its connection, so that clients go elsewhere; all are still served. */
  drain(): void {
    this.#draining = true;
    for (const response of this.#responses()) closeAfter(response);
  }

  /** How many requests are being answered. */
  get unanswered(): number {
    return this.#unanswered.size;
  }

  /**
   * Takes no more connections and waits for the answers that are due.
   *
   * @throws when some were not given in time.
   */
  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    this.drain();
    const closed = once(this.#server, 'close');
    await this.#hearAll();
    // Its own way to close begins with the idle connections, and some of them have a request on its way.
    TcpServer.prototype.close.call(this.#server);
    await Promise.race([closed, setTimeout(lingerMs, undefined, { ref: false })]);
    await this.#hearAll();
    this.#server.close();
    await Promise.race([this.#allAnswered(), setTimeout(lastAnswerWithinMs, undefined, { ref: false })]);
    const abandoned = this.unanswered;
    this.#server.closeAllConnections();
    await closed;
    if (abandoned > 0) throw new Error(`${abandoned} requests were not answered in time`);
  }

  /**
   * Resolves when all that has arrived is taken from the system, which gives one connection a turn of the event loop;
   * or after a while, if connections never cease to arrive.
   */
  async #hearAll(): Promise<void> {
    await setImmediate();
    const began = performance.now();
    for (let known = -1; known !== this.#taken && performance.now() - began < hearForMs; ) {
      known = this.#taken;
      await setImmediate();
    }
  }

  #track(response: ServerResponse): void {
    const slot = this.#unanswered.add(response);
    onceAnswered(response, () => this.#unanswered.remove(slot));
    if (this.#draining) closeAfter(response);
  }

  #responses(): ServerResponse[] {
    return this.#unanswered.entries().map(([, response]) => response);
  }

  async #allAnswered(): Promise<void> {
    for (const response of this.#responses()) {
      await new Promise<void>((resolve) => onceAnswered(response, resolve));
    }
  }

  /** What never became a request, or one whose body broke off. In the middle of an answer there is no place for another. */
  #refuse(error: UnreadRequestError, socket: Duplex): void {
    const response = this.#responses().find((unanswered) => unanswered.socket === socket);
    if (!socket.writable || error.code === 'ECONNRESET') socket.destroy();
    else if (!response) socket.end(rawAnswerTo(error));
    else if (response.headersSent || response.req.complete) socket.destroy();
    else refuseBody(response, error);
  }
}

function closeAfter(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}
