import { once } from 'node:events';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}

export interface ReceivedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

const agent = new Agent({ keepAlive: true });

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** As it stands: `fetch` would put paths and headers right before it sends them. */
export async function send(
  url: string,
  { method, path, headers, body }: SentRequest,
): Promise<ReceivedAnswer> {
  const { hostname, port } = new URL(url);
  const length = body === undefined ? {} : { 'content-length': body.length };
  const sent = httpRequest({ hostname, port, method, path, headers: { ...headers, ...length }, agent });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const lines = Object.entries(response.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
  const text = utf8.decode(await buffer(response));
  return { status: response.statusCode ?? 0, headers: new Headers(lines), text };
}

/** Lets go of the connections that are kept. */
export const closeConnections = (): void => agent.destroy();
