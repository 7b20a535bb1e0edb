export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** Of the body, where it is JSON. */
  json: Record<string, unknown>;
  /** Milliseconds. */
  took: number;
}

export interface Ask {
  /** Null for none. */
  authorization?: string | null;
  headers?: Record<string, string>;
  /** Sent as JSON, unless it is text or bytes. */
  body?: unknown;
}

/** Asks one gateway, as alice unless told otherwise. */
export class Client {
  readonly url: string;
  readonly #authorization: string;

  constructor(url: string, token: string) {
    this.url = url;
    this.#authorization = `Bearer ${token}`;
  }

  get(path: string, ask?: Ask): Promise<Answer> {
    return this.ask('GET', path, ask);
  }

  post(path: string, body: unknown, ask?: Ask): Promise<Answer> {
    return this.ask('POST', path, { ...ask, body });
  }

  async ask(method: string, path: string, { authorization, headers, body }: Ask = {}): Promise<Answer> {
    const began = performance.now();
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(authorization !== null && { Authorization: authorization ?? this.#authorization }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: encode(body) }),
    });
    const text = await response.text();
    const took = performance.now() - began;
    const isJson = /json/.test(response.headers.get('Content-Type') ?? '') && text !== '';
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: isJson ? JSON.parse(text) : {},
      took,
    };
  }
}

function encode(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (typeof body === 'string' || body instanceof Uint8Array) return body as string | Uint8Array<ArrayBuffer>;
  return JSON.stringify(body);
}
