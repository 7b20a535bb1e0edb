import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { AddressPolicy } from './address-policy.ts';
import { judgeAll, judgedLookup } from './judged-lookup.ts';
import { literalAddressOf } from './webhook-url.ts';

export interface WebhookRequest {
  headers: Record<string, string>;
  body: string;
}

export interface WebhookAnswer {
  status: number;
  /** The header of that name, as it came. */
  retryAfter: string | undefined;
}

/** A connection that was not used for so long is closed: sooner than most receivers do it. */
const idleMs = 4_000;

/** More of an answer's body is not read; its connection is closed. */
const maxAnswerBytes = 64 * 1_024;

/** Posts to receivers, and to no address that the policy does not let through. Redirects are not followed. */
export class WebhookClient {
  readonly #policy: AddressPolicy;
  readonly #agents = {
    'http:': new http.Agent({ keepAlive: true, timeout: idleMs }),
    'https:': new https.Agent({ keepAlive: true, timeout: idleMs }),
  };

  constructor(policy: AddressPolicy) {
    this.#policy = policy;
  }

  /**
   * @returns what the receiver answered, whatever that is.
   * @throws {ForbiddenAddressError} where the receiver may not be reached; the reason of `signal`; and errors of the
   *   network.
   */
  async post(url: URL, { headers, body }: WebhookRequest, signal: AbortSignal): Promise<WebhookAnswer> {
    this.#judgeLiteral(url);
    const isSecure = url.protocol === 'https:';
    const sent = (isSecure ? https : http).request(url, {
      method: 'POST',
      agent: this.#agents[isSecure ? 'https:' : 'http:'],
      lookup: judgedLookup(this.#policy, url.protocol),
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      signal,
    });
    // Once there is a response, what breaks the connection shows at the response.
    sent.on('error', () => undefined).end(body);
    const response = await responseTo(sent, signal);
    await drain(response);
    return { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] };
  }

  /** @throws {ForbiddenAddressError} or what looking up the name fails with. */
  async check(url: URL): Promise<void> {
    this.#judgeLiteral(url);
    if (literalAddressOf(url) !== undefined) return;
    judgeAll(this.#policy, await lookup(url.hostname, { all: true }), url.protocol);
  }

  close(): void {
    for (const agent of Object.values(this.#agents)) agent.destroy();
  }

  /** Sockets look up names only. */
  #judgeLiteral(url: URL): void {
    const address = literalAddressOf(url);
    if (address !== undefined) this.#policy.judge(address, url.protocol);
  }
}

async function responseTo(sent: http.ClientRequest, signal: AbortSignal): Promise<http.IncomingMessage> {
  try {
    const [response] = await once(sent, 'response');
    return response;
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  }
}

/** The status has said all: what goes wrong with the rest, or is too long of it, costs the connection and nothing else. */
async function drain(response: http.IncomingMessage): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of response) {
      bytes += chunk.length;
      if (bytes > maxAnswerBytes) return;
    }
  } catch {
    response.destroy();
  }
}
