import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import type { Entry } from '@natter/contracts';

/** What was posted to a receiver. */
export interface Posted {
  path: string;
  headers: Record<string, string>;
  /** As it came, and what it says. */
  text: string;
  body: { type: string; timestamp: string; data: Entry };
}

/** Where webhooks post to: on this machine, and it answers each path as it is told to. */
export class Receiver {
  readonly posted: Posted[] = [];
  readonly #answers = new Map<string, (response: ServerResponse) => void>();
  readonly #server = createServer((request, response) => void this.#receive(request, response));

  static async open(): Promise<Receiver> {
    const receiver = new Receiver();
    await listen(receiver.#server);
    return receiver;
  }

  /** By address, of a path. */
  url(path: string): string {
    return `http://127.0.0.1:${portOf(this.#server)}${path}`;
  }

  /** What it takes to answer a path from now on; 204 where nothing is said. */
  answer(path: string, respond?: (response: ServerResponse) => void): void {
    if (respond) this.#answers.set(path, respond);
    else this.#answers.delete(path);
  }

  /** What was posted to a path, each entry where it came first. */
  entriesAt(path: string): Entry[] {
    const entries = new Map(this.at(path).map(({ headers, body }) => [headers['webhook-id'], body.data]));
    return [...entries.values()];
  }

  at(path: string): Posted[] {
    return this.posted.filter((posted) => posted.path === path);
  }

  close(): Promise<void> {
    return close(this.#server);
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url: path = '', headers } = request;
    const text = await textOf(request);
    this.posted.push({ path, headers: headers as Posted['headers'], text, body: JSON.parse(text) });
    const respond = this.#answers.get(path);
    if (respond) respond(response);
    else response.writeHead(204).end();
  }
}

/** A bare server on this machine. */
export async function serveHere(listener: RequestListener): Promise<{ server: Server; port: number }> {
  const server = createServer(listener);
  await listen(server);
  return { server, port: portOf(server) };
}

async function listen(server: Server): Promise<void> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

export async function close(server: Pick<Server, 'close' | 'closeAllConnections'>): Promise<void> {
  const closed = Promise.withResolvers<void>();
  server.close(() => closed.resolve());
  server.closeAllConnections();
  await closed.promise;
}
