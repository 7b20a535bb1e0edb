import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Request {
  method: string;
  /** Without `/api/v1`, and without its query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: unknown;
}

/** Answers in place of a gateway. */
export type Answerer = (request: Request, response: ServerResponse) => void | Promise<void>;

export function answer(
  response: ServerResponse,
  status: number,
  body?: object,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

export function refuse(
  response: ServerResponse,
  status: number,
  code: string,
  headers: Record<string, string> = {},
) {
  const retryable = [429, 503, 504].includes(status);
  answer(response, status, { code, detail: `It is ${code}`, requestId: 'r-1', retryable }, headers);
}

/** A real HTTP server that answers as a test says. */
export class FakeServer implements AsyncDisposable {
  readonly requests: Request[] = [];
  readonly #server = createServer((incoming, response) => void this.#take(incoming, response));
  #answer: Answerer;

  private constructor(answerer: Answerer) {
    this.#answer = answerer;
  }

  static async start(answerer: Answerer): Promise<FakeServer> {
    const server = new FakeServer(answerer);
    await once(server.#server.listen(0, '127.0.0.1'), 'listening');
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** From now on. */
  answerBy(answerer: Answerer): void {
    this.#answer = answerer;
  }

  /** What was asked so far, as `GET /path`. */
  get asked(): string[] {
    return this.requests.map(({ method, path }) => `${method} ${path}`);
  }

  /** Ends every connection that there is. */
  cut(): void {
    this.#server.closeAllConnections();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server.close(), 'close');
    this.cut();
    await closed;
  }

  async #take(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams: query } = new URL(String(incoming.url), 'http://fake');
    const content = await text(incoming);
    const request = {
      method: String(incoming.method),
      path: pathname.replace(/^\/api\/v1/, ''),
      query,
      headers: incoming.headers,
      body: content === '' ? undefined : (JSON.parse(content) as unknown),
    };
    this.requests.push(request);
    await this.#answer(request, response);
  }
}
