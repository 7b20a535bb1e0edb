import { createAnswerValidator } from '@natter/testkit';
import { document } from './_document.ts';

const validate = createAnswerValidator(document);

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

/** Asks one gateway, as alice unless told otherwise. What comes back has to be as the OpenAPI document says. */
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

  put(path: string, body?: unknown, ask?: Ask): Promise<Answer> {
    return this.ask('PUT', path, { ...ask, body });
  }

  patch(path: string, body: unknown, ask?: Ask): Promise<Answer> {
    return this.ask('PATCH', path, { ...ask, body });
  }

  delete(path: string, ask?: Ask): Promise<Answer> {
    return this.ask('DELETE', path, ask);
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
    const { status, headers: answered } = response;
    const isJson = /json/.test(answered.get('Content-Type') ?? '') && text !== '';
    const json = isJson ? JSON.parse(text) : undefined;
    if (!isPage(path))
      validate({ method, url: path, status, headers: answered, body: json ?? (text || undefined) });
    return { status, headers: answered, text, json: json ?? {}, took };
  }
}

/** The documentation page consists of files, not of documented answers. */
const isPage = (path: string): boolean => path.startsWith('/docs');

function encode(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (typeof body === 'string' || body instanceof Uint8Array) return body as string | Uint8Array<ArrayBuffer>;
  return JSON.stringify(body);
}
