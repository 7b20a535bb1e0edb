import { Deadline } from '@natter/bus';
import { NatterError } from '@natter/contracts';
import type { Request, RequestHandler, Response } from 'express';
import { WebSocketServer } from 'ws';
import type { RequestContext } from '../../http/request-context.ts';
import { answerWithinMs } from '../../http/serve-route.ts';
import { leaveToUpgrade } from '../../http/upgrade.ts';
import { Flushes } from '../flushes.ts';
import { ClientSocket } from './client-socket.ts';
import { closeCodes } from './close-codes.ts';
import { Connection, type ConnectionWorld } from './connection.ts';
import { CursorPace } from './cursor-pace.ts';
import { FrameAnswers } from './frame-answers.ts';
import { readHandshake } from './handshake.ts';
import type { SocketMetrics } from './socket-metrics.ts';

/** Of one frame of a client, whatever pieces it comes in. */
const maxFrameBytes = 65_536;

const maxFragments = 64;

/** Milliseconds between two looks at who gives no sign of life: see `Connection.sweep`. */
const sweepEveryMs = 5_000;

/** Milliseconds for a client to answer that it is being closed. */
const closeWithinMs = 3_000;

/** Milliseconds for a client to say who it is. */
const authWithinMs = 5_000;

/** What a request for an upgrade is told beside what the upgrade needs. */
const toldHeaders = ['X-Request-Id', 'RateLimit-Policy', 'RateLimit'];

const serverOptions = {
  noServer: true as const,
  WebSocket: ClientSocket,
  clientTracking: false,
  perMessageDeflate: false,
  maxPayload: maxFrameBytes,
  maxFragments,
  closeTimeout: closeWithinMs,
  // None of the subprotocols that a client may offer is spoken here.
  handleProtocols: () => false as const,
};

type Given = Pick<ConnectionWorld, 'authenticate' | 'openCursor' | 'live' | 'run' | 'limited' | 'logger'>;

export interface WebSocketEndpointOptions extends Given {
  readonly metrics: SocketMetrics;
  /** The origins of web pages that may connect. */
  readonly allowedOrigins: ReadonlySet<string>;
  /** For tests. */
  readonly authWithinMs?: number;
  readonly clock?: ConnectionWorld['clock'];
}

/** The WebSockets of this gateway. */
export class WebSocketEndpoint {
  readonly #allowedOrigins: ReadonlySet<string>;
  readonly #world: ConnectionWorld;
  readonly #connections = new Set<Connection>();
  readonly #sweeps: NodeJS.Timeout;
  #stopped = false;
  readonly #server = new WebSocketServer(serverOptions);

  constructor(options: WebSocketEndpointOptions) {
    const { metrics, logger } = options;
    this.#allowedOrigins = options.allowedOrigins;
    this.#world = {
      authWithinMs,
      clock: performance,
      ...options,
      answers: new FrameAnswers(metrics, logger),
      flushes: new Flushes(),
      pace: new CursorPace(),
      onGone: (connection, code) => this.#wentAway(connection, code),
    };
    this.#sweeps = setInterval(() => this.sweep(), sweepEveryMs).unref();
  }

  /** How many there are. */
  get size(): number {
    return this.#connections.size;
  }

  /** Answers a request for a WebSocket: by one, or, by throwing, why there is none. */
  readonly handle: RequestHandler = async (request, response) => {
    response.locals.route = '/ws';
    const { authorization, after } = readHandshake(request, this.#allowedOrigins);
    const { requestId } = response.locals;
    const connection = new Connection(this.#world, { requestId, address: request.ip });
    if (authorization !== undefined) {
      await connection.session.begin(authorization, after, contextOf(request, response));
      response.locals.userId = connection.session.caller?.id;
    }
    if (this.#stopped) {
      connection.gone();
      throw new NatterError('service_unavailable', { retryAfter: 1 });
    }
    this.#upgrade(connection, request, response);
  };

  /** Asks those who give no sign of life for one, and gives up those who have not for long. */
  sweep(): void {
    for (const connection of this.#connections) connection.sweep();
  }

  /** Sends all clients elsewhere, when what they asked is answered. Resolves when they are gone. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#sweeps);
    for (const connection of this.#connections) connection.close(closeCodes.restarting);
    await Promise.all([...this.#connections].map((connection) => connection.ended()));
  }

  #upgrade(connection: Connection, request: Request, response: Response): void {
    const tell = (lines: string[]) => lines.push(...toldBy(response));
    let isOpen = false;
    this.#server.on('headers', tell);
    this.#server.handleUpgrade(request, request.socket, Buffer.alloc(0), (socket) => {
      isOpen = true;
      leaveToUpgrade(response);
      this.#connections.add(connection);
      connection.attach(socket, request.socket);
    });
    this.#server.off('headers', tell);
    // The client went away meanwhile.
    if (!isOpen) connection.gone();
  }

  #wentAway(connection: Connection, code: number): void {
    this.#connections.delete(connection);
    const { clock, logger } = this.#world;
    const { requestId, session, began } = connection;
    const durationMs = Math.round(clock.now() - began);
    logger.info({ requestId, userId: session.caller?.id, code, durationMs }, 'a WebSocket closed');
  }
}

function contextOf(request: Request, { locals }: Response): RequestContext {
  return { requestId: locals.requestId, deadline: Deadline.in(answerWithinMs), address: request.ip };
}

function toldBy(response: Response): string[] {
  return toldHeaders
    .filter((name) => response.hasHeader(name))
    .map((name) => `${name}: ${String(response.getHeader(name))}`);
}
