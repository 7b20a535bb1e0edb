import { once } from 'node:events';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { waitFor } from '@natter/testkit';

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
async function send(url: string, { method, path, headers, body }: SentRequest): Promise<ReceivedAnswer> {
  const { hostname, port } = new URL(url);
  const length = body === undefined ? {} : { 'content-length': body.length };
  const sent = httpRequest({ hostname, port, method, path, headers: { ...headers, ...length }, agent });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const lines = Object.entries(response.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
  const text = utf8.decode(await (isStream(response) ? beginningOf(response) : buffer(response)));
  return { status: response.statusCode ?? 0, headers: new Headers(lines), text };
}

const isStream = ({ headers }: IncomingMessage) => headers['content-type'] === 'text/event-stream';

/** A stream has no end: what comes first will do, and then the connection goes. */
async function beginningOf(response: IncomingMessage): Promise<Buffer> {
  for await (const chunk of response) return chunk as Buffer;
  return Buffer.alloc(0);
}

/** A process is not always given the processor: then a request may be answered 503 or 504, and asking again helps. */
const againWithinMs = 60_000;

const isUndecided = ({ status }: ReceivedAnswer) => status === 503 || status === 504;

/**
 * The same, again and again while it is not served or not known to be done; what is answered so for ever is the answer.
 *
 * @param onRepeat called before it is sent again.
 */
export async function sendUntilDecided(
  url: string,
  request: SentRequest,
  onRepeat: () => void = () => undefined,
): Promise<ReceivedAnswer> {
  let answer = await send(url, request);
  if (!isUndecided(answer)) return answer;
  const decided = async () => {
    onRepeat();
    answer = await send(url, request);
    return !isUndecided(answer);
  };
  await waitFor(decided, { what: 'another answer', timeoutMs: againWithinMs }).catch(() => undefined);
  return answer;
}

/** Lets go of the connections that are kept. */
export const closeConnections = (): void => agent.destroy();
