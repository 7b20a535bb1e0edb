import { errorTable, NatterError, type Position, parseOrFail } from '@natter/contracts';
import type { Authenticate, Caller } from '../../auth/authenticate.ts';
import type { RequestContext } from '../../http/request-context.ts';
import type { CloseReason, LiveEvents, Stream } from '../live-events.ts';
import { authFrameSchema, pingFrameSchema } from './frame-schemas.ts';
import { type ClientFrame, wrongType } from './read-frame.ts';
import type { RunCommand } from './run-command.ts';
import type { SocketClient } from './socket-client.ts';

/** What all sessions share. */
export interface SessionWorld {
  readonly authenticate: Authenticate;
  /** @throws {NatterError} `cursor_invalid`, and `service_unavailable`. */
  readonly openCursor: (userId: string, cursor: string, context: RequestContext) => Promise<Position>;
  readonly live: LiveEvents;
  readonly run: RunCommand;
}

/** Commands of one client that are run at once; one more is refused. */
const mostAtOnce = 64;

/** Who is at the other end, and what they may do therefore. */
export class Session {
  readonly #world: SessionWorld;
  readonly #client: SocketClient;
  #caller: Caller | undefined;
  #stream: Stream | undefined;
  #beginning: Promise<void> | undefined;
  #closed: CloseReason | undefined;
  #running = 0;

  constructor(world: SessionWorld, client: SocketClient) {
    this.#world = world;
    this.#client = client;
  }

  /** Undefined until they have said who they are. */
  get caller(): Caller | undefined {
    return this.#caller;
  }

  /** Whether it is being found out who it is. */
  get isBeginning(): boolean {
    return this.#beginning !== undefined;
  }

  /**
   * Finds out who it is. From then on they are told what happens, after what they missed since their cursor.
   *
   * @throws {NatterError} what authentication throws, `cursor_invalid`, and what opening a stream throws.
   */
  async begin(authorization: string, after: string | undefined, context: RequestContext): Promise<void> {
    const { authenticate, openCursor, live } = this.#world;
    const client = this.#client;
    const caller = await authenticate(authorization, context);
    const position = after === undefined ? undefined : await openCursor(caller.id, after, context);
    const stream = await live.open({ caller, position, client, transport: 'websocket', context });
    this.#caller = caller;
    this.#stream = stream;
    if (this.#closed !== undefined) stream.close(this.#closed);
    // So that whoever loses the connection before anything happens can resume, too.
    else if (stream.cursor !== undefined) client.begin(stream.cursor);
  }

  /** Does what a frame asks for. @returns the `data` of its answer. @throws {NatterError} */
  async perform(frame: ClientFrame, context: RequestContext): Promise<unknown> {
    if (frame.type === 'auth') return this.#auth(frame, context);
    // Whoever does not wait for the answer to `auth` may send the next frame before it.
    await this.#beginning?.catch(throwFault);
    if (this.#caller === undefined) throw new NatterError('unauthenticated');
    if (frame.type !== 'ping') return this.#run(frame, this.#caller, context);
    parseOrFail(pingFrameSchema, frame.value);
    return {};
  }

  close(reason: CloseReason): void {
    this.#closed ??= reason;
    this.#stream?.close(reason);
  }

  async #run(frame: ClientFrame, caller: Caller, context: RequestContext): Promise<unknown> {
    if (this.#running >= mostAtOnce) throw new NatterError('overloaded', { retryAfter: 1 });
    this.#running += 1;
    try {
      return await this.#world.run(frame, caller, context);
    } finally {
      this.#running -= 1;
    }
  }

  async #auth({ value }: ClientFrame, context: RequestContext): Promise<unknown> {
    if (this.#caller ?? this.#beginning) throw wrongType('Must come once');
    const { token, after } = parseOrFail(authFrameSchema, value).data;
    this.#beginning = this.begin(`Bearer ${token}`, after, context);
    try {
      await this.#beginning;
    } finally {
      this.#beginning = undefined;
    }
    return {};
  }
}

/** Of who could not be found out, it is not said that they have said nothing. */
function throwFault(error: unknown): void {
  if (!(error instanceof NatterError) || errorTable[error.code].status >= 500) throw error;
}
