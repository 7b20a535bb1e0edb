import type { Socket } from 'node:net';
import { errorTable, type NatterError } from '@natter/contracts';
import type { Logger } from '@natter/platform';
import type { RequestContext } from '../../http/request-context.ts';
import type { EndReason } from '../live-events.ts';
import type { ClientSocket, SocketOwner } from './client-socket.ts';
import { type CloseCode, closeCodeOf, closeCodes, closeReasons } from './close-codes.ts';
import { FrameAllowance } from './frame-allowance.ts';
import type { Asker, FrameAnswers } from './frame-answers.ts';
import type { ClientFrame } from './read-frame.ts';
import { Session, type SessionWorld } from './session.ts';
import { type ClientOwner, SocketClient, type SocketClientWorld } from './socket-client.ts';

/** What all connections of a gateway share. */
export interface ConnectionWorld extends SessionWorld, SocketClientWorld {
  /** Whether a client that sends too many frames is refused some. */
  readonly limited: boolean;
  /** Milliseconds until somebody who brought no credentials has to have said who they are. */
  readonly authWithinMs: number;
  readonly answers: FrameAnswers;
  readonly logger: Logger;
  /** Told of each that was attached, once, when nobody is there any more. */
  readonly onGone: (connection: Connection, code: number) => void;
}

/** Sweeps without a sign of life until the client is asked for one, and until it is given up. */
const quiet = { ping: 3, end: 6 };

/** The request that a WebSocket began with. */
export interface Origin {
  readonly requestId: string;
  /** Where the client is. */
  readonly address: string | undefined;
}

/**
 * One client's WebSocket, from before it is there to its end. There are many of them, and most of the time nothing
 * happens on one: what each has is in fields, what they share in their world, and what not all need comes when it is needed.
 */
export class Connection implements SocketOwner, ClientOwner, Asker {
  readonly session: Session;
  readonly requestId: string;
  readonly address: string | undefined;
  /** By the clock, in whole milliseconds. */
  readonly began: number;
  readonly #world: ConnectionWorld;
  readonly #client: SocketClient;
  #socket: ClientSocket | undefined;
  #allowance: FrameAllowance | undefined;
  #inFlight = 0;
  #authTimer: NodeJS.Timeout | undefined;
  #quietSweeps = 0;
  #bytesHeard = 0;
  #closing: CloseCode | undefined;
  #gone = false;

  constructor(world: ConnectionWorld, { requestId, address }: Origin) {
    this.#world = world;
    this.requestId = requestId;
    this.address = address;
    this.began = Math.round(world.clock.now());
    this.#client = new SocketClient(world, this);
    this.session = new Session(world, this.#client);
  }

  /** The client is there. */
  attach(socket: ClientSocket, connection: Socket): void {
    this.#socket = socket;
    socket.begin(connection, this);
    if (this.#closing !== undefined) return this.#shut(this.#closing);
    this.#client.outbox.attach(socket);
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
    if (this.#inFlight === 0 || code === closeCodes.tooSlow) this.#shut(code);
  }

  /** Resolves when nobody is there any more. */
  async ended(): Promise<void> {
    const socket = this.#socket;
    if (socket === undefined || socket.readyState === socket.CLOSED) return;
    // `once` of node:events would throw where the client breaks the protocol meanwhile.
    await new Promise<unknown>((resolve) => socket.once('close', resolve));
  }

  /** Called every few seconds: who gives no sign of life is asked for one, and then given up. */
  sweep(): void {
    const socket = this.#socket;
    if (socket === undefined) return;
    const heard = socket.bytesRead;
    this.#quietSweeps = heard === this.#bytesHeard ? this.#quietSweeps + 1 : 1;
    this.#bytesHeard = heard;
    if (this.#quietSweeps === quiet.ping) socket.ping();
    else if (this.#quietSweeps >= quiet.end) socket.terminate();
  }

  closed(code: number): void {
    this.gone();
    this.#world.onGone(this, code);
  }

  failed(error: Error): void {
    this.#world.logger.debug({ err: error }, 'a WebSocket failed');
  }

  received(data: Buffer, isBinary: boolean): void {
    if (this.#closing === undefined) void this.#answerTo(data, isBinary);
  }

  takeFrame(): void {
    if (!this.#world.limited) return;
    this.#allowance ??= new FrameAllowance(this.#world.clock);
    this.#allowance.take();
  }

  perform(frame: ClientFrame, context: RequestContext): Promise<unknown> {
    return this.session.perform(frame, context);
  }

  answer(frame: Buffer, error: NatterError | undefined): void {
    this.#client.outbox.put(frame);
    if (error === undefined) return;
    if (this.#allowance?.isSpent) this.close(closeCodes.tooManyFrames);
    if (this.session.caller === undefined) this.#refuseUnknown(errorTable[error.code].status);
  }

  tooSlow(): void {
    this.close(closeCodes.tooSlow);
  }

  end(reason: EndReason): void {
    this.close(closeCodeOf[reason]);
  }

  async #answerTo(data: Buffer, isBinary: boolean): Promise<void> {
    this.#inFlight += 1;
    await this.#world.answers.take(this, data, isBinary);
    this.#inFlight -= 1;
    if (this.#closing !== undefined && this.#inFlight === 0) this.#shut(this.#closing);
  }

  /** Who can't be told now whether they are who they say is not sent to log in, but back later. */
  #refuseUnknown(status: number): void {
    if (status === 401) this.close(closeCodes.noSession);
    else if (status >= 500) this.close(closeCodes.unavailable);
  }

  #awaitAuth(): void {
    if (this.session.caller !== undefined) return;
    this.#authTimer = setTimeout(() => {
      this.#authTimer = undefined;
      // Whose token is still being looked at has said in time who they are.
      if (this.session.isBeginning) this.#awaitAuth();
      else if (this.session.caller === undefined) this.close(closeCodes.noSession);
    }, this.#world.authWithinMs);
  }

  #shut(code: CloseCode): void {
    this.#client.outbox.flush();
    this.#client.close();
    this.#socket?.close(code, closeReasons[code]);
  }
}
