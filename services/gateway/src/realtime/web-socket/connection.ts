import { once } from 'node:events';
import { errorTable, type NatterError } from '@natter/contracts';
import type { Logger } from '@natter/platform';
import { type CloseCode, closeCodeOf, closeCodes, closeReasons } from './close-codes.ts';
import type { CursorPace } from './cursor-pace.ts';
import type { Flushes } from './flushes.ts';
import { FrameAllowance } from './frame-allowance.ts';
import { FrameAnswers } from './frame-answers.ts';
import type { OpenSocket } from './outbox.ts';
import { Session, type SessionWorld } from './session.ts';
import { SocketClient } from './socket-client.ts';
import type { SocketMetrics } from './socket-metrics.ts';

/** What all connections of a gateway share. */
export interface ConnectionWorld extends SessionWorld {
  /** Whether a client that sends too many frames is refused some. */
  readonly limited: boolean;
  /** Milliseconds until somebody who brought no credentials has to have said who they are. */
  readonly authWithinMs: number;
  readonly flushes: Flushes;
  readonly pace: CursorPace;
  readonly metrics: SocketMetrics;
  readonly logger: Logger;
  readonly clock: { now(): number };
}

/** Sweeps without a sign of life until the client is asked for one, and until it is given up. */
const quiet = { ping: 3, end: 6 };

/** One client's WebSocket, from before it is there to its end. */
export class Connection {
  readonly session: Session;
  readonly #world: ConnectionWorld;
  readonly #client: SocketClient;
  readonly #answers: FrameAnswers;
  readonly #allowance: FrameAllowance | undefined;
  #open: OpenSocket | undefined;
  #authTimer: NodeJS.Timeout | undefined;
  #quietSweeps = 0;
  #closing: CloseCode | undefined;
  #gone = false;

  /** @param address where the client is. */
  constructor(world: ConnectionWorld, address: string | undefined) {
    const { flushes, pace, clock, metrics, logger } = world;
    this.#world = world;
    this.#client = new SocketClient({
      flushes,
      pace,
      clock,
      onSlow: () => this.close(closeCodes.tooSlow),
      onEnd: (reason) => this.close(closeCodeOf[reason]),
    });
    this.session = new Session(world, this.#client);
    this.#allowance = world.limited ? new FrameAllowance(clock) : undefined;
    this.#answers = new FrameAnswers({
      address,
      allowance: this.#allowance,
      perform: (frame, context) => this.session.perform(frame, context),
      answer: (frame, error) => this.#answer(frame, error),
      metrics,
      logger,
    });
  }

  /** The client is there. */
  attach(open: OpenSocket): void {
    const { socket } = open;
    this.#open = open;
    socket.on('message', (data, isBinary) => void this.#receive(data as Buffer, isBinary));
    socket.on('pong', () => this.#heard());
    // A client that breaks the protocol or sends too large a frame; `ws` closes it with the code for that.
    socket.on('error', (error) => this.#world.logger.debug({ err: error }, 'a WebSocket failed'));
    if (this.#closing !== undefined) return this.#shut(this.#closing);
    this.#client.outbox.attach(open);
    this.#awaitAuth();
  }

  /** Nobody is there any more. */
  gone(): void {
    this.#gone = true;
    clearTimeout(this.#authTimer);
    this.#client.close();
    this.session.close('closed');
  }

  /** Closes it when what is being answered is answered; at once where nobody would read that. */
  close(code: CloseCode): void {
    if (this.#closing !== undefined || this.#gone) return;
    this.#closing = code;
    clearTimeout(this.#authTimer);
    this.session.close(code === closeCodes.tooSlow ? 'slow' : 'closed');
    if (this.#answers.inFlight === 0 || code === closeCodes.tooSlow) this.#shut(code);
  }

  /** Resolves when nobody is there any more. */
  async ended(): Promise<void> {
    const socket = this.#open?.socket;
    if (socket !== undefined && socket.readyState !== socket.CLOSED) await once(socket, 'close');
  }

  /** Called every few seconds: who gives no sign of life is asked for one, and then given up. */
  sweep(): void {
    this.#quietSweeps += 1;
    if (this.#quietSweeps === quiet.ping) this.#open?.socket.ping();
    else if (this.#quietSweeps >= quiet.end) this.#open?.socket.terminate();
  }

  #heard(): void {
    this.#quietSweeps = 0;
  }

  async #receive(data: Buffer, isBinary: boolean): Promise<void> {
    this.#heard();
    if (this.#closing !== undefined) return;
    await this.#answers.take(data, isBinary);
    if (this.#closing !== undefined && this.#answers.inFlight === 0) this.#shut(this.#closing);
  }

  #answer(frame: Buffer, error: NatterError | undefined): void {
    this.#client.outbox.put(frame);
    if (error === undefined) return;
    if (this.#allowance?.isSpent) this.close(closeCodes.tooManyFrames);
    const isUnknown = this.session.caller === undefined;
    if (isUnknown && errorTable[error.code].status === 401) this.close(closeCodes.noSession);
  }

  #awaitAuth(): void {
    if (this.session.caller !== undefined) return;
    this.#authTimer = setTimeout(() => {
      // Whose token is still being looked at has said in time who they are.
      if (this.session.isBeginning) this.#awaitAuth();
      else if (this.session.caller === undefined) this.close(closeCodes.noSession);
    }, this.#world.authWithinMs);
  }

  #shut(code: CloseCode): void {
    this.#client.outbox.flush();
    this.#client.close();
    this.#open?.socket.close(code, closeReasons[code]);
  }
}
