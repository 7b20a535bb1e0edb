import type { Bus } from '@natter/bus';
import { type Entry, NatterError, type Position } from '@natter/contracts';
import { createLogger, createMetrics } from '@natter/platform';
import express from 'express';
import type { Caller } from '../src/auth/authenticate.ts';
import { HttpServer } from '../src/http/http-server.ts';
import { createAnswerError } from '../src/http/middleware/answer-error.ts';
import { assignRequestId } from '../src/http/middleware/request-id.ts';
import { receive } from '../src/http/receive.ts';
import { markReadRoute } from '../src/http/routes/mark-read.ts';
import { sendMessageRoutes } from '../src/http/routes/send-message.ts';
import { sendTypingRoute } from '../src/http/routes/send-typing.ts';
import type { LiveEvents, Stream, StreamRequest } from '../src/realtime/live-events.ts';
import { commandsOf } from '../src/realtime/web-socket/commands.ts';
import { createRunCommand } from '../src/realtime/web-socket/run-command.ts';
import { createSocketMetrics } from '../src/realtime/web-socket/socket-metrics.ts';
import {
  WebSocketEndpoint,
  type WebSocketEndpointOptions,
} from '../src/realtime/web-socket/web-socket-endpoint.ts';
import { SocketUser, type SocketUserOptions } from './_socket-user.ts';

export const alice: Caller = {
  id: '01941f29-7c00-7000-8000-000000000001',
  username: 'alice',
  sessionId: 's1',
};

/** What a stream was asked for, and why it was closed. */
interface OwnStream extends Stream {
  readonly request: StreamRequest;
  closed: string | undefined;
}

/** Streams that are told what a test tells them. */
class OwnLiveEvents implements LiveEvents {
  readonly streams: OwnStream[] = [];
  /** What opening one fails with. */
  refusal: NatterError | undefined;

  async open(request: StreamRequest): Promise<Stream> {
    if (this.refusal) throw this.refusal;
    const stream: OwnStream = {
      request,
      cursor: request.position === undefined ? 'c0' : undefined,
      closed: undefined,
      close: (reason) => {
        stream.closed ??= reason;
      },
    };
    this.streams.push(stream);
    return stream;
  }

  /** Tells all of them of so many entries at once, whose cursors are their revs. */
  tell(from: number, to: number, content = 'hello'): void {
    for (let rev = from; rev <= to; rev += 1) {
      const entry = createEntry(rev, content);
      const live = { entry, json: JSON.stringify(entry) };
      for (const { request, closed } of this.streams)
        if (closed === undefined) request.client.entry(live, () => `c${rev}`);
    }
  }
}

/** The WebSockets of a gateway, with neither NATS nor services behind them. */
export class SocketServer {
  readonly live = new OwnLiveEvents();
  readonly endpoint: WebSocketEndpoint;
  /** What services were asked, and what answers it. */
  readonly asked: unknown[] = [];
  answer: (request: { seq?: number }) => Promise<unknown>;
  url = '';
  readonly #server: HttpServer;
  readonly #users: SocketUser[] = [];

  constructor(options: Partial<WebSocketEndpointOptions> = {}) {
    this.answer = async () => ({ readSeq: 7, unread: 0 });
    const bus = {
      call: async (_operation: unknown, request: { seq?: number }) => {
        this.asked.push(request);
        return this.answer(request);
      },
    } as unknown as Bus;
    const send = sendMessageRoutes(bus, { messageCharacters: 4_000 });
    const commands = commandsOf([...send, markReadRoute(bus), sendTypingRoute(bus)]);
    this.endpoint = new WebSocketEndpoint({
      authenticate: async (authorization) => {
        if (authorization === 'Bearer good') return alice;
        throw new NatterError('invalid_token');
      },
      openCursor: async (_userId, cursor) => {
        if (cursor.startsWith('c')) return positionAt(Number(cursor.slice(1)));
        throw new NatterError('cursor_invalid');
      },
      live: this.live,
      run: createRunCommand({
        commands,
        limits: undefined,
        admit: () => () => undefined,
        refuseEnded: async () => undefined,
      }),
      limited: true,
      metrics: createSocketMetrics(createMetrics({ name: 'test', version: '0' })),
      logger: createLogger({ name: 'test', level: 'silent' }),
      allowedOrigins: new Set(['https://chat.example.com']),
      ...options,
    });
    const app = express();
    app.use(receive([assignRequestId]));
    app.get('/api/v1/ws', this.endpoint.handle);
    app.use(
      createAnswerError(() => ['Bearer realm="natter"'], createLogger({ name: 'test', level: 'silent' })),
    );
    this.#server = new HttpServer(app);
  }

  async start(): Promise<void> {
    this.url = await this.#server.start({ host: '127.0.0.1', port: 0 });
  }

  /** A client that comes. */
  approach(options?: SocketUserOptions): SocketUser {
    const user = new SocketUser(`${this.url}/api/v1/ws`, options);
    this.#users.push(user);
    return user;
  }

  /** A client that has come, or was refused. */
  async connect(options?: SocketUserOptions): Promise<SocketUser> {
    const user = this.approach(options);
    await user.connected;
    return user;
  }

  async stop(): Promise<void> {
    for (const user of this.#users) user.socket.terminate();
    await this.endpoint.stop();
    await this.#server.stop();
    const faults = this.#users.flatMap((user) => user.faults);
    if (faults.length > 0) throw new Error(`The document has no such frames: ${faults.join(', ')}`);
  }
}

function createEntry(rev: number, content: string): Entry {
  const data = { seq: 1, content, mentions: [] };
  const { id: actorId, username: actor } = alice;
  return { ...happening, rev, type: 'message.edited', actor, actorId, data };
}

const happening = {
  conversationId: '01941f29-7c00-7000-8000-0000000000c1',
  seq: 1,
  at: '2026-01-01T00:00:00.000Z',
};

/** A position that is told from others by its time. */
function positionAt(at: number): Position {
  return { kind: 'changes', epoch: '01941f29-7c00-7000-8000-0000000000f1', at, revs: {} };
}
