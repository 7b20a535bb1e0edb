import { createAnswerValidator, type OpenApiDocument } from '@natter/testkit';
import type { Question } from '../chaos/question.ts';

/** Of everybody in these tests. */
export const password = 'natter-demo';

export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
  ms: number;
}

type Validate = ReturnType<typeof createAnswerValidator>;

/** A Natter that runs somewhere. */
export interface Installation {
  /** The addresses of its gateways. */
  gateways(): Promise<readonly string[]>;
  /** Someone who uses the REST API with HTTP Basic, through the first gateway. */
  as(username: string): Promise<Client>;
}

/** Makes clients with HTTP Basic; the OpenAPI document that their answers are held against is asked for once. */
export function createClients(): (gateway: string, username: string) => Promise<Client> {
  let validate: Validate | undefined;
  return async (gateway, username) => {
    validate ??= await createValidatorFrom(gateway);
    return new Client([gateway], `Basic ${btoa(`${username}:${password}`)}`, validate);
  };
}

async function createValidatorFrom(url: string): Promise<Validate> {
  const response = await fetch(`${url}/openapi.json`);
  return createAnswerValidator((await response.json()) as OpenApiDocument);
}

/** Every answer has to be as the OpenAPI document says. */
export class Client {
  readonly #urls: readonly string[];
  readonly #authorization: string;
  readonly #validate: Validate;
  #requests = 0;

  constructor(urls: readonly string[], authorization: string, validate: Validate) {
    this.#urls = urls;
    this.#authorization = authorization;
    this.#validate = validate;
  }

  /** The same person with the bearer token of a new session. */
  async withToken(username: string): Promise<Client> {
    const { body } = await this.post('/api/v1/sessions', { username, password });
    return new Client(this.#urls, `Bearer ${(body as { accessToken: string }).accessToken}`, this.#validate);
  }

  /** The same person, through other gateways: each takes its turn. */
  through(...urls: string[]): Client {
    return new Client(urls, this.#authorization, this.#validate);
  }

  /** For the SDK: each request goes through the next gateway, and its answer is held against the document, too. */
  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input);
    const route = `${pathname}${search}`;
    const response = await fetch(`${this.#nextUrl()}${route}`, init);
    const { status, headers } = response;
    const body = bodyOf(await response.clone().text());
    this.#validate({ method: init?.method ?? 'GET', url: route, status, headers, body });
    return response;
  };

  /** Whatever it is, for whoever makes up questions. */
  ask({ method, path, body, headers }: Question): Promise<Answer> {
    return this.#request(method, path, body, headers);
  }

  get(route: string): Promise<Answer> {
    return this.#request('GET', route);
  }

  post(route: string, body: object, headers?: Record<string, string>): Promise<Answer> {
    return this.#request('POST', route, body, headers);
  }

  put(route: string, body?: object, headers?: Record<string, string>): Promise<Answer> {
    return this.#request('PUT', route, body, headers);
  }

  patch(route: string, body: object, headers?: Record<string, string>): Promise<Answer> {
    return this.#request('PATCH', route, body, headers);
  }

  delete(route: string, body?: object): Promise<Answer> {
    return this.#request('DELETE', route, body);
  }

  async #request(
    method: string,
    route: string,
    content?: object,
    given: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const started = performance.now();
    const response = await fetch(`${this.#nextUrl()}${route}`, {
      method,
      headers: {
        authorization: this.#authorization,
        ...(content && { 'content-type': 'application/json' }),
        ...given,
      },
      ...(content && { body: JSON.stringify(content) }),
    });
    const text = await response.text();
    const ms = performance.now() - started;
    const body = bodyOf(text);
    const { status, headers } = response;
    this.#validate({ method, url: route, status, headers, body });
    return { status, headers, body, ms };
  }

  #nextUrl(): string {
    const url = this.#urls[this.#requests % this.#urls.length];
    this.#requests += 1;
    return String(url);
  }
}

function bodyOf(text: string): unknown {
  return text === '' ? undefined : JSON.parse(text);
}
